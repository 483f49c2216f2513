"""The benchmark: ``python -m tests.benchmarks.drafting --help``."""

from tests.benchmarks.drafting.run import main

main()
