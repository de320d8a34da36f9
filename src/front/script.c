#include "front/script.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/mem.h"
#include "front/keys.h"

enum { LINE_MOST = 4096, STEPS_MOST = 100000 };

static void add(struct script *s, struct script_step step)
{
	GROW(s->steps, s->n, s->cap);
	s->steps[s->n++] = step;
}

static void add_key(struct script *s, int press)
{
	add(s, (struct script_step){.what = SCRIPT_KEY, .press = press});
}

/* What is typed, up to the quote that ends it. */
static const char *take_text(struct script *s, const char *line)
{
	mbstate_t state = {0};
	wchar_t c;
	size_t n;

	while (*line && *line != '"' && *line != '\n') {
		n = mbrtowc(&c, line, MB_CUR_MAX, &state);
		if (n > MB_CUR_MAX)
			return NULL;
		add_key(s, (int)c);
		line += n;
	}
	return *line == '"' ? line + 1 : NULL;
}

/* One word, or a text in quotes; the rest of the line. NULL for what means nothing. */
static const char *take(struct script *s, const char *line)
{
	size_t n = strcspn(line, " \t\n");
	struct script_step step = {.what = SCRIPT_SIZE};
	char word[32];
	int press;

	if (*line == '"') {
		return take_text(s, line + 1);
	}
	if (n >= sizeof word)
		return NULL;
	memcpy(word, line, n);
	word[n] = '\0';
	if (strcmp(word, "dump") == 0 || sscanf(word, "dump:%31s", step.name) == 1) {
		step.what = SCRIPT_DUMP;
		add(s, step);
	} else if (sscanf(word, "size:%4dx%4d", &step.columns, &step.rows) == 2) {
		if (step.columns < 1 || step.rows < 1)
			return NULL;
		add(s, step);
	} else {
		press = keys_named(word);
		if (!press)
			return NULL;
		add_key(s, press);
	}
	return line + n;
}

static int read_line(struct script *s, const char *line)
{
	for (line += strspn(line, " \t\n"); *line && *line != '#';
		line += strspn(line, " \t\n")) {
		line = take(s, line);
		if (!line)
			return -1;
	}
	return 0;
}

int script_read(struct script *s, const char *path, const char *dump, struct err *err)
{
	FILE *file = fopen(path, "re");
	char line[LINE_MOST];
	int number = 0, result = 0;

	memset(s, 0, sizeof *s);
	if (!file)
		return err_set(err, ERR_INVALID, "cannot open '%s': %s", path, strerror(errno));
	while (result == 0 && s->n < STEPS_MOST && fgets(line, sizeof line, file)) {
		number++;
		if (read_line(s, line) == 0)
			continue;
		result = err_set(err, ERR_INVALID, "there is no such key");
		err_hint(err, "enter, esc, up, ^l, x, \"text\", dump, size:80x24");
		err_at(err, path, number, 0);
	}
	fclose(file);
	if (result == 0 && dump && !(s->dump = fopen(dump, "we")))
		result = err_set(err, ERR_FAILURE, "cannot open '%s': %s", dump, strerror(errno));
	if (result < 0)
		script_release(s);
	return result;
}

void script_release(struct script *s)
{
	free(s->steps);
	if (s->dump)
		fclose(s->dump);
	memset(s, 0, sizeof *s);
}

struct script_step script_next(struct script *s)
{
	return s->at < s->n ? s->steps[s->at++] : (struct script_step){.what = SCRIPT_END};
}
