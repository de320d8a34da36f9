#include "base/proc.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/str.h"

/* The first CPU's entry is well within this; the file grows with the machine. */
enum { READ_MAX = 16384 };

/* Copies s up to the end of its line as it may be shown; cut to size. */
static void copy_line(char *to, size_t size, const char *s, size_t n)
{
	struct str shown;

	str_init(&shown);
	str_add_shown(&shown, s, n);
	snprintf(to, size, "%s", str_text(&shown));
	str_release(&shown);
}

/* The text after "name<spaces>:" at the head of a line; NULL when there is none. */
static const char *field(const char *text, const char *name, size_t *n)
{
	size_t len = strlen(name);
	const char *line, *end, *p;

	for (line = text; *line; line = *end ? end + 1 : end) {
		end = line + strcspn(line, "\n");
		if (strncmp(line, name, len) != 0)
			continue;
		p = line + len + strspn(line + len, " \t");
		if (*p != ':')
			continue;
		p++;
		p += strspn(p, " \t");
		*n = p < end ? (size_t)(end - p) : 0;
		return p;
	}
	return NULL;
}

static int number(const char *text, const char *name)
{
	size_t n;
	const char *s = field(text, name, &n);
	char *end;
	long v;

	if (!s || !n)
		return -1;
	v = strtol(s, &end, 0);
	return end > s && end <= s + n && v >= 0 && v <= 1000000 ? (int)v : -1;
}

static int has_word(const char *s, size_t n, const char *word)
{
	size_t len = strlen(word), at = 0, end;

	while (at < n) {
		for (end = at; end < n && s[end] != ' '; end++)
			;
		if (end - at == len && memcmp(s + at, word, len) == 0)
			return 1;
		at = end + 1;
	}
	return 0;
}

/* x86, then Arm, then Power and s390, RISC-V. */
static const char *const model_fields[] = {"model name", "Processor", "cpu", "uarch"};

static void parse_cpu(struct proc_machine *machine, const char *text)
{
	const char *s = NULL;
	size_t n = 0, i;

	for (i = 0; !s && i < sizeof model_fields / sizeof *model_fields; i++)
		s = field(text, model_fields[i], &n);
	if (s && n) {
		copy_line(machine->cpu, sizeof machine->cpu, s, n);
	} else if (number(text, "CPU implementer") >= 0) {
		snprintf(machine->cpu, sizeof machine->cpu, "Arm implementer 0x%02x part 0x%03x",
			(unsigned)number(text, "CPU implementer"), (unsigned)number(text, "CPU part"));
	}
	machine->family = number(text, "cpu family");
	machine->model = number(text, "model");
	machine->stepping = number(text, "stepping");
	s = field(text, "flags", &n);
	machine->hypervisor = s && has_word(s, n, "hypervisor");
}

/* PRETTY_NAME="..." of os-release(5). */
static void parse_os(struct proc_machine *machine, const char *text)
{
	static const char name[] = "PRETTY_NAME=";
	const char *s = text;
	size_t n;

	while (s && strncmp(s, name, sizeof name - 1) != 0) {
		s = strchr(s, '\n');
		s = s ? s + 1 : NULL;
	}
	if (!s)
		return;
	s += sizeof name - 1;
	if (*s == '"' || *s == '\'')
		n = strcspn(s + 1, *s == '"' ? "\"\n" : "'\n"), s++;
	else
		n = strcspn(s, "\n");
	if (n)
		copy_line(machine->os, sizeof machine->os, s, n);
}

void proc_machine_parse(struct proc_machine *machine, const char *cpuinfo, const char *os_release)
{
	memset(machine, 0, sizeof *machine);
	strcpy(machine->cpu, "unknown");
	strcpy(machine->os, "unknown");
	parse_cpu(machine, cpuinfo);
	parse_os(machine, os_release);
}

/* The head of a file as text, empty when it cannot be read. */
static void read_head(const char *path, char *buf)
{
	FILE *f = fopen(path, "re");
	size_t n = f ? fread(buf, 1, READ_MAX - 1, f) : 0;

	buf[n] = '\0';
	if (f)
		fclose(f);
}

void proc_machine(struct proc_machine *machine)
{
	char cpuinfo[READ_MAX], os_release[READ_MAX];
	struct utsname name;
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	read_head("/proc/cpuinfo", cpuinfo);
	read_head("/etc/os-release", os_release);
	proc_machine_parse(machine, cpuinfo, os_release);
	machine->cores = cores > 0 ? (int)cores : 1;
	if (strcmp(machine->os, "unknown") == 0 && uname(&name) == 0)
		snprintf(machine->os, sizeof machine->os, "%.60s %.60s", name.sysname, name.release);
}
