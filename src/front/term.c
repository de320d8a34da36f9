#include "front/term.h"

#include <curses.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

/* Of the terminal's description; these would be in the way. */
#undef lines
#undef tone
#undef columns

#include "base/mem.h"
#include "base/str.h"

/* ncurses waits so long for the rest of a key that begins with Esc. */
enum { ESCAPE_MS = 25, NO_KEY_MOST = 20 };

/* Terminals that can tell what is pasted from what is typed are asked to; the others know nothing
 * of it. No description says which. */
#define PASTE_ON "\033[?2004h"
#define PASTE_OFF "\033[?2004l"
enum { KEY_PASTE_BEGINS = KEY_MAX + 1, KEY_PASTE_ENDS };

static struct {
	SCREEN *screen;
	FILE *in, *out;
	int fd; /* -1: headless */
	int utf8;
	enum palette palette;
	int cursor_row, cursor_column;
	int empty_reads;
	int pasting;
	struct termios before;
	int has_before;
	char reset[256]; /* what puts the screen back, for a crash */
	size_t reset_n;
} term = {.fd = -1};

static const int crash_signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};

/* Only what is safe in a signal handler: bytes made before, and the line's state. */
static void put_back_raw(void)
{
	ssize_t n;

	if (term.fd < 0)
		return;
	n = write(term.fd, term.reset, term.reset_n);
	(void)n;
	if (term.has_before)
		tcsetattr(term.fd, TCSANOW, &term.before);
}

static void on_crash(int sig)
{
	put_back_raw();
	signal(sig, SIG_DFL);
	raise(sig);
}

static void catch_crashes(void)
{
	static char stack[1 << 16];
	stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
	struct sigaction action;
	size_t i;

	/* A stack that overflowed has no room for the handler. */
	sigaltstack(&alternate, NULL);
	memset(&action, 0, sizeof action);
	action.sa_handler = on_crash;
	action.sa_flags = (int)(SA_RESETHAND | SA_ONSTACK | SA_NODEFER);
	sigemptyset(&action.sa_mask);
	for (i = 0; i < sizeof crash_signals / sizeof *crash_signals; i++)
		sigaction(crash_signals[i], &action, NULL);
}

static void add_reset(const char *capability)
{
	size_t n = capability && capability != (const char *)-1 ? strlen(capability) : 0;

	if (n && term.reset_n + n < sizeof term.reset) {
		memcpy(term.reset + term.reset_n, capability, n);
		term.reset_n += n;
	}
}

static void make_reset(void)
{
	term.reset_n = 0;
	add_reset(exit_attribute_mode);
	add_reset(orig_pair);
	add_reset(keypad_local);
	add_reset(cursor_normal);
	add_reset(PASTE_OFF);
	add_reset(exit_ca_mode);
}

/* Colour and style of a tone as curses has them. */
static attr_t attributes_of(enum tone tone, short *pair)
{
	static const struct {
		unsigned style;
		attr_t attribute;
	} styles[] = {
		{STYLE_BOLD, A_BOLD}, {STYLE_DIM, A_DIM},
		{STYLE_REVERSE, A_REVERSE}, {STYLE_UNDERLINE, A_UNDERLINE},
	};
	struct style style = theme_style(term.palette, tone);
	attr_t attributes = A_NORMAL;
	size_t i;

	for (i = 0; i < sizeof styles / sizeof *styles; i++) {
		if (style.style & styles[i].style)
			attributes |= styles[i].attribute;
	}
	*pair = style.colour >= 0 ? (short)(tone + 1) : 0;
	return attributes;
}

static void set_colours(int no_color)
{
	const char *asked = getenv("NO_COLOR");
	int i;

	term.palette = PALETTE_MONO;
	if (no_color || (asked && *asked) || !has_colors() || start_color() == ERR ||
		use_default_colors() == ERR || COLORS < 8)
		return;
	term.palette = COLORS >= 256 ? PALETTE_256 : PALETTE_8;
	for (i = 0; i < TONES; i++) {
		struct style style = theme_style(term.palette, (enum tone)i);

		if (style.colour >= 0)
			init_pair((short)(i + 1), (short)style.colour, -1);
	}
}

/* The terminal itself, or standard input where that is one and no more is to be had. */
static int open_terminal(struct err *err)
{
	int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY), copy;

	if (fd < 0 && isatty(STDIN_FILENO))
		fd = open(ttyname(STDIN_FILENO) ? ttyname(STDIN_FILENO) : "", O_RDWR | O_CLOEXEC |
			O_NOCTTY);
	if (fd < 0)
		return err_set(err, ERR_FAILURE, "the terminal cannot be opened");
	copy = fcntl(fd, F_DUPFD_CLOEXEC, 3);
	term.in = fdopen(fd, "r");
	term.out = copy < 0 ? NULL : fdopen(copy, "w");
	if (!term.in || !term.out)
		return err_set(err, ERR_FAILURE, "the terminal cannot be opened");
	term.fd = fd;
	term.has_before = tcgetattr(fd, &term.before) == 0;
	return 0;
}

static int open_nothing(struct err *err)
{
	term.in = fopen("/dev/null", "re");
	term.out = fopen("/dev/null", "we");
	if (!term.in || !term.out)
		return err_set(err, ERR_FAILURE, "cannot open '/dev/null': %s", strerror(errno));
	return 0;
}

static void close_files(void)
{
	if (term.in)
		fclose(term.in);
	if (term.out)
		fclose(term.out);
	term.in = term.out = NULL;
	term.fd = -1;
}

/* A terminal that is known and on which the cursor can be put anywhere. */
static int start_curses(const struct term_options *options, struct err *err)
{
	const char *name = getenv("TERM");
	int known, moves;

	if (options->headless)
		name = "ansi";
	if (!name || !*name)
		return err_set(err, ERR_FAILURE, "TERM is not set");
	if (strcmp(name, "dumb") == 0)
		return err_set(err, ERR_FAILURE, "TERM is 'dumb'");
	/* Asked first: newterm() leaves something behind where it fails. */
	if (setupterm(name, fileno(term.out), &known) == ERR)
		return err_set(err, ERR_FAILURE, "TERM is '%.40s', of which nothing is known here",
			name);
	moves = cursor_address != NULL;
	del_curterm(cur_term);
	if (!moves)
		return err_set(err, ERR_FAILURE, "TERM is '%.40s', where the cursor cannot be moved",
			name);
	term.screen = newterm(name, term.out, term.in);
	if (!term.screen)
		return err_set(err, ERR_FAILURE, "the terminal cannot be set up");
	return 0;
}

/* A terminal may send its arrows in either of two ways, whatever its description says. */
static void define_arrows(void)
{
	static const struct {
		char letter;
		int key;
	} arrows[] = {{'A', KEY_UP}, {'B', KEY_DOWN}, {'C', KEY_RIGHT}, {'D', KEY_LEFT},
		{'H', KEY_HOME}, {'F', KEY_END}};
	size_t i;

	for (i = 0; i < sizeof arrows / sizeof *arrows; i++) {
		char normal[] = {'\033', '[', arrows[i].letter, '\0'};
		char application[] = {'\033', 'O', arrows[i].letter, '\0'};

		define_key(normal, arrows[i].key);
		define_key(application, arrows[i].key);
	}
}

/* What is pasted comes between two keys of its own. */
static void ask_for_pastes(int on)
{
	if (term.fd < 0)
		return;
	fputs(on ? PASTE_ON : PASTE_OFF, term.out);
	fflush(term.out);
	term.pasting = 0;
}

/* Headless the size is what is asked for, or the usual. */
static void size_from_environment(void)
{
	const char *rows = getenv("LINES"), *columns = getenv("COLUMNS");
	int r = rows ? atoi(rows) : 0, c = columns ? atoi(columns) : 0;

	term_resize(r > 0 && r < 1000 ? r : 24, c > 0 && c < 1000 ? c : 80);
}

int term_open(const struct term_options *options, struct err *err)
{
	if ((options->headless ? open_nothing(err) : open_terminal(err)) < 0 ||
		start_curses(options, err) < 0) {
		close_files();
		return -1;
	}
	term.utf8 = !options->ascii && strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	cbreak();
	noecho();
	nonl();
	intrflush(stdscr, FALSE);
	keypad(stdscr, TRUE);
	define_arrows();
	define_key("\033[200~", KEY_PASTE_BEGINS);
	define_key("\033[201~", KEY_PASTE_ENDS);
	ask_for_pastes(1);
	nodelay(stdscr, TRUE);
	if (!getenv("ESCDELAY"))
		set_escdelay(ESCAPE_MS);
	set_colours(options->no_color);
	curs_set(0);
	if (options->headless) {
		size_from_environment();
		return 0;
	}
	make_reset();
	catch_crashes();
	mem_on_exhausted(put_back_raw);
	return 0;
}

void term_close(void)
{
	size_t i;

	if (!term.screen)
		return;
	ask_for_pastes(0);
	curs_set(1);
	/* Where there is no screen to give back, nothing of this one stays. */
	if (!exit_ca_mode) {
		erase();
		refresh();
	}
	endwin();
	for (i = 0; term.fd >= 0 && i < sizeof crash_signals / sizeof *crash_signals; i++)
		signal(crash_signals[i], SIG_DFL);
	if (term.has_before)
		tcsetattr(term.fd, TCSADRAIN, &term.before);
	mem_on_exhausted(NULL);
	delscreen(term.screen);
	term.screen = NULL;
	close_files();
}

int term_fd(void)
{
	return term.fd;
}

/* A key as curses names it. */
static int named_key(wint_t code)
{
	static const struct {
		wint_t code;
		int press;
	} names[] = {
		{KEY_UP, PRESS_UP}, {KEY_DOWN, PRESS_DOWN}, {KEY_LEFT, PRESS_LEFT},
		{KEY_RIGHT, PRESS_RIGHT}, {KEY_HOME, PRESS_HOME}, {KEY_END, PRESS_END},
		{KEY_PPAGE, PRESS_PAGE_UP}, {KEY_NPAGE, PRESS_PAGE_DOWN}, {KEY_DC, PRESS_DELETE},
		{KEY_BACKSPACE, PRESS_BACKSPACE}, {KEY_BTAB, PRESS_BACK_TAB},
		{KEY_ENTER, PRESS_ENTER}, {KEY_F(1), PRESS_F1}, {KEY_RESIZE, PRESS_RESIZE},
		{KEY_A1, PRESS_HOME}, {KEY_A3, PRESS_PAGE_UP}, {KEY_C1, PRESS_END},
		{KEY_C3, PRESS_PAGE_DOWN},
	};
	size_t i;

	for (i = 0; i < sizeof names / sizeof *names; i++) {
		if (names[i].code == code)
			return names[i].press;
	}
	return PRESS_NONE;
}

/* A descriptor that can be read and gives nothing again and again has no one behind it. */
static int is_gone(void)
{
	struct pollfd pfd = {.fd = term.fd, .events = POLLIN};

	if (term.fd < 0 || poll(&pfd, 1, 0) <= 0)
		return term.empty_reads = 0;
	if (pfd.revents & (POLLHUP | POLLERR | POLLNVAL))
		return 1;
	return ++term.empty_reads > NO_KEY_MOST;
}

int term_key(void)
{
	wint_t code;

	switch (get_wch(&code)) {
	case KEY_CODE_YES:
		term.empty_reads = 0;
		if (code == KEY_PASTE_BEGINS || code == KEY_PASTE_ENDS) {
			term.pasting = code == KEY_PASTE_BEGINS;
			return term_key();
		}
		return named_key(code);
	case OK:
		term.empty_reads = 0;
		if (code == '\n' || code == '\r')
			return term.pasting ? PRESS_PASTED_LINE : PRESS_ENTER;
		return code == 0x7f || code == '\b' ? PRESS_BACKSPACE : (int)code;
	default:
		return is_gone() ? PRESS_GONE : PRESS_NONE;
	}
}

int term_is_pasted(void)
{
	return term.pasting;
}

void term_size(int *rows, int *columns)
{
	getmaxyx(stdscr, *rows, *columns);
}

void term_resize(int rows, int columns)
{
	resizeterm(rows, columns);
}

int term_utf8(void)
{
	return term.utf8;
}

const struct glyphs *term_glyphs(void)
{
	return term.utf8 ? &glyphs_utf8 : &glyphs_ascii;
}

void term_suspend(void)
{
	struct termios ours;
	struct winsize size;
	int has_ours = tcgetattr(term.fd, &ours) == 0;

	ask_for_pastes(0);
	curs_set(1);
	endwin();
	if (term.has_before)
		tcsetattr(term.fd, TCSADRAIN, &term.before);
	raise(SIGSTOP);
	/* Whoever had the terminal meanwhile may have left it in any state. */
	if (has_ours)
		tcsetattr(term.fd, TCSADRAIN, &ours);
	/* Of a new size only what is in the foreground is told. */
	if (ioctl(term.fd, TIOCGWINSZ, &size) == 0 && size.ws_row && size.ws_col &&
		is_term_resized(size.ws_row, size.ws_col))
		resizeterm(size.ws_row, size.ws_col);
	ask_for_pastes(1);
	curs_set(0);
	clearok(curscr, TRUE);
	refresh();
}

void term_repaint(void)
{
	clearok(curscr, TRUE);
}

void term_begin(void)
{
	erase();
	term.cursor_row = -1;
}

/* The next character of text: its bytes; *c is '?' for what cannot be shown here. */
static size_t next_character(const char *text, wchar_t *c, int *columns)
{
	mbstate_t state = {0};
	size_t n = mbrtowc(c, text, MB_CUR_MAX, &state);

	if (n == 0 || n > 16) {
		/* Not of this locale: as one sign for all its bytes. */
		*c = L'?';
		for (n = 1; ((unsigned char)text[n] & 0xc0) == 0x80; n++)
			;
	}
	*columns = wcwidth(*c);
	if (*columns < 0) {
		*c = L'?';
		*columns = 1;
	}
	return n;
}

int term_put(int row, int column, int width, enum tone tone, const char *text)
{
	short pair;
	attr_t attributes = attributes_of(tone, &pair);
	int took = 0, columns, rows, most;
	wchar_t cell[8];
	size_t n = 0;
	cchar_t c;

	term_size(&rows, &most);
	if (row < 0 || row >= rows || column < 0 || column >= most)
		return 0;
	width = width < most - column ? width : most - column;
	move(row, column);
	while (*text) {
		text += next_character(text, &cell[0], &columns);
		if (took + columns > width)
			break;
		/* Combining characters go with the one they stand on. */
		for (n = 1; *text && n < CCHARW_MAX; n++) {
			wchar_t more;
			int wide;
			size_t bytes = next_character(text, &more, &wide);

			if (wide != 0)
				break;
			cell[n] = more;
			text += bytes;
		}
		cell[n] = L'\0';
		took += columns;
		setcchar(&c, cell, attributes, pair, NULL);
		add_wch(&c);
	}
	return took;
}

void term_fill(int row, int column, int width, enum tone tone)
{
	short pair;
	attr_t attributes = attributes_of(tone, &pair);
	cchar_t blank;
	int i, rows, most;

	term_size(&rows, &most);
	if (row < 0 || row >= rows)
		return;
	setcchar(&blank, L" ", attributes, pair, NULL);
	for (i = 0; i < width && column + i < most; i++)
		mvadd_wch(row, column + i, &blank);
}

void term_cursor(int row, int column)
{
	term.cursor_row = row;
	term.cursor_column = column;
}

void term_end(void)
{
	curs_set(term.cursor_row >= 0);
	if (term.cursor_row >= 0)
		move(term.cursor_row, term.cursor_column);
	refresh();
}

void term_dump(FILE *file)
{
	int rows, columns, row, column, k;
	wchar_t text[CCHARW_MAX + 1];
	struct str line;
	char bytes[MB_LEN_MAX + 1];
	attr_t attributes;
	short pair;
	cchar_t c;

	term_size(&rows, &columns);
	str_init(&line);
	for (row = 0; row < rows; row++) {
		str_clear(&line);
		for (column = 0; column < columns; column++) {
			mvin_wch(row, column, &c);
			if (getcchar(&c, text, &attributes, &pair, NULL) == ERR)
				continue;
			/* The second half of a wide character has no text of its own. */
			for (k = 0; text[k]; k++) {
				int n = wctomb(bytes, text[k]);

				str_addn(&line, bytes, n > 0 ? (size_t)n : 0);
			}
			if (wcwidth(text[0]) == 2)
				column++;
		}
		while (line.len && line.s[line.len - 1] == ' ')
			line.s[--line.len] = '\0';
		fprintf(file, "%s\n", str_text(&line));
	}
	str_release(&line);
	fflush(file);
}
