#include "show/doc.h"

#include <ctype.h>
#include <string.h>

static int is_word(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* What begins a line of Markdown and makes it something else than text. */
static int begins_block(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	return strchr("-+=#>", text[0]) || (digits && strchr(".)", text[digits]) && text[digits]);
}

/*
 * Text as text: what Markdown gives a meaning to is escaped, and HTML in it. An
 * underscore within a word has none, nor has an ampersand that begins no entity.
 */
static void put_text(struct str *out, const char *text, int at_begin)
{
	const char *at;

	if (at_begin && *text && begins_block(text)) {
		while (isdigit((unsigned char)*text))
			str_addc(out, *text++);
		str_addf(out, "\\%c", *text++);
	}
	for (at = text; *at; at++) {
		if (*at == '&' && (is_word(at[1]) || at[1] == '#'))
			str_add(out, "&amp;");
		else if (*at == '<')
			str_add(out, "&lt;");
		else if (strchr("\\`*[|~$", *at) || (*at == '_' && !(at > text && is_word(at[-1]) &&
			is_word(at[1]))))
			str_addf(out, "\\%c", *at);
		else
			str_addc(out, *at);
	}
}

static void put_row(struct str *out, const struct doc_block *row)
{
	size_t i;

	for (i = 0; i < row->n; i++) {
		str_add(out, "| ");
		put_text(out, row->cells[i], 0);
		str_addc(out, ' ');
	}
	str_add(out, "|\n");
}

static void put_rule(struct str *out, const char *columns)
{
	for (; *columns; columns++)
		str_add(out, *columns == 'r' ? "| ---: " : "| --- ");
	str_add(out, "|\n");
}

/* A fence longer than any run of backticks inside. */
static void put_code(struct str *out, const char *text)
{
	size_t run = 0, longest = 2, i;
	const char *at;

	for (at = text; *at; at++) {
		run = *at == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	for (i = 0; i <= longest; i++)
		str_addc(out, '`');
	str_addf(out, "\n%s%s", text, *text && text[strlen(text) - 1] == '\n' ? "" : "\n");
	for (i = 0; i <= longest; i++)
		str_addc(out, '`');
	str_addc(out, '\n');
}

/* Blocks of these kinds follow each other without an empty line. */
static int joins(const struct doc_block *before, const struct doc_block *block)
{
	if (block->kind == DOC_ROW)
		return 1;
	if (block->kind == DOC_NOTE)
		return before->kind == DOC_ITEM || before->kind == DOC_STEP || before->kind == DOC_NOTE;
	if (block->kind == DOC_ITEM)
		return before->kind == DOC_ITEM || before->kind == DOC_NOTE;
	return block->kind == DOC_STEP && (before->kind == DOC_STEP || before->kind == DOC_NOTE);
}

static void put_block(struct str *out, const struct doc_block *block, size_t number)
{
	static const char *const begins[] = {
		[DOC_TITLE] = "# ", [DOC_HEAD] = "## ", [DOC_PART] = "### ", [DOC_TEXT] = "",
		[DOC_STRONG] = "**", [DOC_WARNING] = "> ", [DOC_ITEM] = "- ", [DOC_NOTE] = "  - ",
	};

	switch (block->kind) {
	case DOC_CODE:
		put_code(out, block->text);
		return;
	case DOC_TABLE:
		return;
	case DOC_ROW:
		put_row(out, block);
		return;
	case DOC_STEP:
		str_addf(out, "%zu. ", number);
		break;
	default:
		str_add(out, begins[block->kind]);
	}
	put_text(out, block->text, 1);
	str_add(out, block->kind == DOC_STRONG ? "**\n" : "\n");
}

void doc_markdown(const struct doc *doc, struct str *out)
{
	size_t i, number = 0;

	for (i = 0; i < doc->n; i++) {
		const struct doc_block *block = &doc->items[i];

		number = block->kind != DOC_STEP ? 0 : number + 1;
		/* A table without rows, and the rule below a head. */
		if (block->kind == DOC_TABLE) {
			str_addc(out, '\n');
			continue;
		}
		if (i && !joins(&doc->items[i - 1], block))
			str_addc(out, '\n');
		put_block(out, block, number);
		if (block->kind == DOC_ROW && doc->items[i - 1].kind == DOC_TABLE)
			put_rule(out, doc->items[i - 1].text);
	}
}
