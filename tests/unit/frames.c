#include "unit/frames.h"

const struct worker_hello a_hello = {PROTO_VERSION, 4242, "0123456789abcdef", "3.11.7",
	"cpython", "/usr/bin/python3.11", "cpython-311-x86_64-linux-gnu", 1};
const struct worker_probe a_probe = {7, "list_float.copied/pyo3/n=1000", "probes_pyo3",
	"list_float_sum_copied", "a = [0.5] * n", "f(a)", "probes_python", -5, 1, {300, 64, 2.5}};
const struct worker_entry some_entries[SOME_ENTRIES] = {
	{0, 1, 1}, {UINT32_MAX, 77, 64}, {3, 1u << 30, 2}};
const struct worker_sample some_samples[SOME_SAMPLES] = {
	{0, 1, 2, 3, 0}, {UINT32_MAX, UINT32_MAX, 0, 1000, 255}};

const struct worker_seen a_seen = {.is_call = 1, .function = "score", .now = "python",
	.through = "", .gives = GIVES_COROUTINE, .computed = "g(3)", .changed = "xs", .first_ns = 12.5,
	.later_ns = 11, .wait_low = 0.25, .wait_likely = 0.5, .wait_high = 0.75, .cpus = 1.5, .n = 2,
	.values = {{.name = "xs", .type = "buffer[f64]", .class = "numpy.ndarray", .length = 6,
			   .item_low = 1, .item_likely = 2, .item_high = 3, .fields = 4, .ascii = -1,
			   .contiguous = 1, .writable = 0, .own_class = -1, .n_shape = 2,
			   .shape = {2, 3}},
		{.name = "", .type = "none", .class = "NoneType", .ascii = 1, .contiguous = -1}}};

void write_some(struct str outs[KINDS])
{
	static const struct proto_refusal refusal = {1, "no"};
	static const struct worker_loaded loaded = {1, 2, 3};
	static const char *names[] = {"PyLong_AsLong", "PyDict_Next"};
	static const struct worker_reading reading = {1, 2, names, 2, "2026-01-31T12:00:00Z"};
	size_t i;

	for (i = 0; i < KINDS; i++)
		str_init(&outs[i]);
	proto_put_hello_is(&outs[0], &a_hello);
	proto_put_load(&outs[1], &a_probe);
	proto_put_block(&outs[2], some_entries, SOME_ENTRIES);
	proto_put_samples(&outs[3], some_samples, SOME_SAMPLES);
	proto_put_refused(&outs[4], &refusal);
	proto_put_loaded(&outs[5], &loaded);
	proto_put_pin(&outs[6], 1);
	proto_put_gate_is(&outs[7], 1);
	proto_put_read(&outs[8], &a_probe, 1);
	proto_put_reading(&outs[9], &reading);
	proto_put_run(&outs[10], "import a");
	proto_put_look(&outs[11], "f(x)");
	proto_put_seen(&outs[12], &a_seen);
}
