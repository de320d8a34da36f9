/*
 * noise: what the samples say of the machine they were taken on: a grade, the
 * share of clean samples, and sentences a person can read. Pure.
 */
#ifndef FFIADVISE_MEASURE_NOISE_H
#define FFIADVISE_MEASURE_NOISE_H

#include "measure/store.h"

/* (Re)makes grade, clean_share and why from the samples and the estimates; env.gate_ns is set. */
void noise_grade(struct measurements *m);
/* The grade of a share of clean samples. */
enum grade noise_grade_of(double clean_share);

#endif
