/*
 * gates: what gates taken on several CPUs say together. A probe with threads of
 * its own runs on all of them, so it is disturbed when any is slow; and CPUs may
 * be of two kinds, of which the slower is not slow by a neighbour. Pure, owns
 * nothing.
 */
#ifndef FFIADVISE_BASE_GATES_H
#define FFIADVISE_BASE_GATES_H

enum { GATES_CPUS_MOST = 16 };

struct gates {
	double fastest[GATES_CPUS_MOST]; /* ns, by the caller's number of a CPU; 0: none yet */
	int n;				 /* CPUs of the caller, of which the first so many count */
};

/* n from 1 on; more than GATES_CPUS_MOST are not looked at. */
void gates_init(struct gates *gates, int n);
/* One gate on the i-th CPU, ns. */
void gates_note(struct gates *gates, int i, double ns);
/*
 * A gate on the i-th CPU as the fastest CPU would have taken it: what its kind
 * is slower by is taken out, seen from the fastest gate of each so far. CPUs
 * within 1.25 of each other are of one kind: that far a gate still is clean.
 */
double gates_level(const struct gates *gates, int i, double ns);
/*
 * True when so many threads do not each find a CPU: running is how many run or
 * could run on the machine, the caller, who will wait for the threads, among
 * them; 0, unknown, is taken for nobody else.
 */
int gates_taken(int running, int threads, int cpus);

#endif
