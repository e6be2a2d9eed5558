"""A process beside the crawl's own: an object in it, calls that go there, answers that come back.

Python runs one thread at a time. A thread for the archive only took turns with the reactor, and a
page cost both their times added up; two processes share it out to two cores. A call is a name and
its arguments, pickled, over a pair of sockets that nobody else can reach.
"""

from crawler.processes.worker import Worker, WorkerDied

__all__ = ["Worker", "WorkerDied"]
