# The packages from PyPI that probes are built with and run on, for one
# interpreter: $(PYDIR)/site. Included by the Makefile before probes.mk.

SITE := $(PYDIR)/site
SITE_RECORD := $(PYDIR)/built/site.json

$(SITE_RECORD): src/packaging/site.py $(wildcard src/packaging/site/*.txt)
	@mkdir -p $(@D)
	@$(PYTHON) src/packaging/site.py --site $(SITE) --record $@
