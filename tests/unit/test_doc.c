#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <stdlib.h>

#include "show/doc.h"

static char *markdown_of(const struct doc *doc)
{
	struct str out;

	str_init(&out);
	doc_markdown(doc, &out);
	return str_detach(&out);
}

/* What stands between <body> and its end. */
static char *body_of(const struct doc *doc)
{
	struct str out;
	char *body, *end, *text;

	str_init(&out);
	doc_html(doc, &out);
	text = str_detach(&out);
	body = strstr(text, "<body>\n") + 7;
	end = strstr(body, "</body>\n</html>\n");
	assert_non_null(end);
	assert_int_equal(end[strlen("</body>\n</html>\n")], '\0');
	*end = '\0';
	memmove(text, body, strlen(body) + 1);
	return text;
}

static void is(char *text, const char *expected)
{
	assert_string_equal(text, expected);
	free(text);
}

static void make_all(struct doc *doc)
{
	doc_init(doc);
	doc_add(doc, DOC_TITLE, "a %s", "title");
	doc_add(doc, DOC_STRONG, "do it.");
	doc_add(doc, DOC_ITEM, "one");
	doc_add(doc, DOC_NOTE, "from here");
	doc_add(doc, DOC_ITEM, "two");
	doc_add(doc, DOC_STEP, "first");
	doc_add(doc, DOC_STEP, "second");
	doc_add(doc, DOC_TABLE, "lr");
	doc_add(doc, DOC_ROW, "%s", "");
	doc_cell(doc, "x");
	doc_cell(doc, "ns");
	doc_add(doc, DOC_ROW, "%s", "");
	doc_cell(doc, "a|b");
	doc_cell(doc, "%d", 12);
	doc_add(doc, DOC_CODE, "f<T>()");
	doc_add(doc, DOC_WARNING, "they differ");
}

static void every_block_in_markdown(void **state)
{
	struct doc doc;

	(void)state;
	make_all(&doc);
	is(markdown_of(&doc),
		"# a title\n"
		"\n"
		"**do it.**\n"
		"\n"
		"- one\n"
		"  - from here\n"
		"- two\n"
		"\n"
		"1. first\n"
		"2. second\n"
		"\n"
		"| x | ns |\n"
		"| --- | ---: |\n"
		"| a\\|b | 12 |\n"
		"\n"
		"```\n"
		"f<T>()\n"
		"```\n"
		"\n"
		"> they differ\n");
	doc_release(&doc);
}

static void every_block_in_html(void **state)
{
	struct doc doc;

	(void)state;
	make_all(&doc);
	is(body_of(&doc),
		"<h1>a title</h1>\n"
		"<p class=\"strong\">do it.</p>\n"
		"<ul>\n"
		"<li>one<p class=\"note\">from here</p></li>\n"
		"<li>two</li>\n"
		"</ul>\n"
		"<ol>\n"
		"<li>first</li>\n"
		"<li>second</li>\n"
		"</ol>\n"
		"<div class=\"wide\"><table>\n"
		"<thead><tr><th>x</th><th class=\"r\">ns</th></tr>\n"
		"</thead>\n"
		"<tbody>\n"
		"<tr><td>a|b</td><td class=\"r\">12</td></tr>\n"
		"</tbody></table></div>\n"
		"<pre><code>f&lt;T&gt;()</code></pre>\n"
		"<p class=\"warning\">they differ</p>\n");
	doc_release(&doc);
}

static void text_stays_text(void **state)
{
	static const struct {
		const char *text, *markdown, *html;
	} cases[] = {
		{"<b> & 'c' \"d\"", "&lt;b> & 'c' \"d\"\n",
			"<p>&lt;b&gt; &amp; &#39;c&#39; &quot;d&quot;</p>\n"},
		{"&lt; &#60;", "&amp;lt; &amp;#60;\n", "<p>&amp;lt; &amp;#60;</p>\n"},
		{"list_float _x_ *y*", "list_float \\_x\\_ \\*y\\*\n", "<p>list_float _x_ *y*</p>\n"},
		{"12. twelve", "12\\. twelve\n", "<p>12. twelve</p>\n"},
		{"12", "12\n", "<p>12</p>\n"},
		{"- item", "\\- item\n", "<p>- item</p>\n"},
		{"# head", "\\# head\n", "<p># head</p>\n"},
		{"a\\", "a\\\\\n", "<p>a\\</p>\n"},
		{"[a](b) `c`", "\\[a](b) \\`c\\`\n", "<p>[a](b) `c`</p>\n"},
		{"\033[31mred\n", "\\\\x1b\\[31mred\\\\x0a\n", "<p>\\x1b[31mred\\x0a</p>\n"},
		{"", "\n", "<p></p>\n"},
	};
	struct doc doc;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		doc_init(&doc);
		doc_add(&doc, DOC_TEXT, "%s", cases[i].text);
		is(markdown_of(&doc), cases[i].markdown);
		is(body_of(&doc), cases[i].html);
		doc_release(&doc);
	}
}

static void a_fence_is_longer_than_what_it_holds(void **state)
{
	struct doc doc;

	(void)state;
	doc_init(&doc);
	doc_add(&doc, DOC_CODE, "a ```` b");
	is(markdown_of(&doc), "`````\na ```` b\n`````\n");
	doc_release(&doc);
}

static void lines_become_lists(void **state)
{
	struct lines l;
	struct doc doc;

	(void)state;
	lines_init(&l);
	lines_begin(&l, 0, 0);
	lines_add(&l, LOOK_HEAD, "Measured");
	lines_begin(&l, 2, 4);
	lines_add(&l, LOOK_PLAIN, "- the machine ");
	lines_add(&l, LOOK_HINT, "was quiet");
	lines_begin(&l, 4, 6);
	lines_add(&l, LOOK_HINT, "87 %%");
	lines_gap(&l);
	lines_begin(&l, 2, 4);
	lines_add(&l, LOOK_WARNING, "! not from here");
	doc_init(&doc);
	doc_lines(&doc, &l);
	is(markdown_of(&doc), "## Measured\n\n- the machine was quiet\n  - 87 %\n- not from here\n");
	is(body_of(&doc), "<h2>Measured</h2>\n<ul>\n<li>the machine was quiet<p class=\"note\">87 %</p>"
		"</li>\n<li>not from here</li>\n</ul>\n");
	doc_release(&doc);
	doc_init(&doc);
	doc_code(&doc, &l);
	is(markdown_of(&doc), "```\nMeasured\n  - the machine was quiet\n    87 %\n\n"
		"  ! not from here\n```\n");
	doc_release(&doc);
	lines_release(&l);
}

static void tables_without_rows_are_closed(void **state)
{
	struct doc doc;

	(void)state;
	doc_init(&doc);
	doc_add(&doc, DOC_TABLE, "l");
	doc_add(&doc, DOC_NOTE, "nothing");
	doc_add(&doc, DOC_TABLE, "l");
	doc_add(&doc, DOC_ROW, "%s", "");
	doc_cell(&doc, "head alone");
	is(body_of(&doc), "<div class=\"wide\"><table>\n</table></div>\n<p class=\"note\">nothing</p>"
		"<div class=\"wide\"><table>\n<thead><tr><th>head alone</th></tr>\n"
		"</thead></table></div>\n");
	doc_release(&doc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_block_in_markdown),
		cmocka_unit_test(every_block_in_html),
		cmocka_unit_test(text_stays_text),
		cmocka_unit_test(a_fence_is_longer_than_what_it_holds),
		cmocka_unit_test(lines_become_lists),
		cmocka_unit_test(tables_without_rows_are_closed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
