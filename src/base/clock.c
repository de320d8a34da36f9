#include "base/clock.h"

#include <string.h>
#include <time.h>

static int64_t (*ns_source)(void);
static int64_t (*unix_source)(void);

int64_t clock_ns(void)
{
	struct timespec t;

	if (ns_source)
		return ns_source();
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

int64_t clock_unix(void)
{
	return unix_source ? unix_source() : (int64_t)time(NULL);
}

void clock_replace(int64_t (*ns)(void), int64_t (*unix_seconds)(void))
{
	ns_source = ns;
	unix_source = unix_seconds;
}

void clock_iso(int64_t unix_seconds, char *buf)
{
	time_t t = (time_t)unix_seconds;
	struct tm tm;

	if (!gmtime_r(&t, &tm) || strftime(buf, 21, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
		strcpy(buf, "1970-01-01T00:00:00Z");
}

int64_t clock_from_iso(const char *s)
{
	struct tm tm;
	const char *end;

	memset(&tm, 0, sizeof tm);
	end = strptime(s, "%Y-%m-%dT%H:%M:%SZ", &tm);
	return end && !*end ? (int64_t)timegm(&tm) : -1;
}
