/*
 * ffiadvise-worker: the shell that embeds an interpreter. Started by ffiadvise
 * with
 *
 *     ffiadvise-worker PROBES-FOLDER [SITE-FOLDERS]
 *
 * and the descriptors of proto.h.
 */
#include <stdio.h>

#include "worker/serve.h"

int main(int argc, char **argv)
{
	const char *why = "this program is started by ffiadvise";

	if (argc == 2 || argc == 3)
		why = serve_prepare();
	if (why) {
		fprintf(stderr, "ffiadvise-worker: %s\n", why);
		return 2;
	}
	serve_run(argv[1], argc == 3 ? argv[2] : "");
}
