#include "front/output.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

enum { WIDTH_ELSEWHERE = 80, WIDTH_MOST = 110 };

int output_width(const struct cli *cli)
{
	struct winsize size;

	if (cli->output || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_col == 0)
		return WIDTH_ELSEWHERE;
	return size.ws_col < WIDTH_MOST ? size.ws_col : WIDTH_MOST;
}

/* no-color.org: set and not empty means no colour; so does a dumb terminal. */
int output_colour(const struct cli *cli)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	return !cli->no_color && !cli->output && !(no_color && *no_color) && term &&
	       strcmp(term, "dumb") != 0 && isatty(STDOUT_FILENO);
}

static int put(FILE *file, const char *name, const struct str *text, struct err *err)
{
	if (fwrite(str_text(text), 1, text->len, file) != text->len || fflush(file) != 0)
		return err_set(err, ERR_FAILURE, "cannot write to '%s': %s", name, strerror(errno));
	return 0;
}

/* A file is replaced whole or not at all; what is no regular file is written to. */
static int put_file(const char *path, const struct str *text, struct err *err)
{
	struct stat st;
	FILE *file;
	int result;

	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
		file = fopen(path, "we");
		if (!file)
			return err_set(err, ERR_FAILURE, "cannot open '%s': %s", path, strerror(errno));
		result = put(file, path, text, err);
		if (fclose(file) != 0 && result == 0)
			result = err_set(err, ERR_FAILURE, "cannot write to '%s': %s", path,
				strerror(errno));
		return result;
	}
	return file_replace(path, str_text(text), text->len, FILE_USUAL_MODE, err);
}

int output_text(const struct cli *cli, const struct str *text, struct err *err)
{
	return cli->output ? put_file(cli->output, text, err) :
		put(stdout, "standard output", text, err);
}

int output_doc(const struct cli *cli, const struct doc *doc, struct err *err)
{
	struct str out;
	int result;

	str_init(&out);
	(cli->format == FORMAT_HTML ? doc_html : doc_markdown)(doc, &out);
	result = output_text(cli, &out, err);
	str_release(&out);
	return result;
}

int output_lines(const struct cli *cli, struct lines *lines, struct err *err)
{
	struct str out;
	int result;

	str_init(&out);
	lines_wrap(lines, output_width(cli));
	lines_write(lines, output_colour(cli), &out);
	result = output_text(cli, &out, err);
	str_release(&out);
	return result;
}
