#include "base/gates.h"

#include <string.h>

/* As GATE_TOLERANCE of measure/constants.h. Cores of hybrid processors are further apart. */
#define KINDS_APART 1.25

void gates_init(struct gates *gates, int n)
{
	memset(gates, 0, sizeof *gates);
	gates->n = n < GATES_CPUS_MOST ? n : GATES_CPUS_MOST;
}

void gates_note(struct gates *gates, int i, double ns)
{
	if (!(gates->fastest[i] > 0) || ns < gates->fastest[i])
		gates->fastest[i] = ns;
}

double gates_level(const struct gates *gates, int i, double ns)
{
	double least = 0;
	int k;

	for (k = 0; k < gates->n; k++) {
		if (gates->fastest[k] > 0 && (!(least > 0) || gates->fastest[k] < least))
			least = gates->fastest[k];
	}
	if (least > 0 && gates->fastest[i] > least * KINDS_APART)
		return ns * least / gates->fastest[i];
	return ns;
}

int gates_taken(int running, int threads, int cpus)
{
	/* With fewer CPUs than threads nobody else is to blame. */
	return running > 1 && running - 1 + (threads < cpus ? threads : cpus) > cpus;
}
