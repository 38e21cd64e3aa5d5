"""Localstripe on a loopback port. Its own start listens on all addresses, and keeps what it knows in one file in /tmp."""

import sys

from aiohttp import web
from localstripe import resources, server

# It would write down all it knows at every change: that makes each payment slower than the one before.
resources.Store.dump_to_disk = lambda store: None

web.run_app(server.app, host="127.0.0.1", port=int(sys.argv[1]), print=None, access_log=None)
