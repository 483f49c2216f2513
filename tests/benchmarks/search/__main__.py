"""The benchmark: ``python -m tests.benchmarks.search --help``."""

from tests.benchmarks.search.run import main

main()
