"""The worker process of ``motcua run``."""

import sys

from motcua.site.serving.bond import follow_parent
from motcua.site.worker import main

if __name__ == "__main__":
    follow_parent()
    sys.exit(main())
