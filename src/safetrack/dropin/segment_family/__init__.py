"""What the drop-ins for Segment's SDK and for those that descend from it have in common.

::

    sdk.py        one SDK of the family: its modules, its messages, its constants
    ready.py      messages that may leave
    consumer.py   the sender thread: sanitizes each batch as it is taken from the queue
    client.py     the client: the six calls, the queue, flush and join
    posting.py    the function that posts a batch
    module.py     the calls of the module, and what else can be imported from it
    watched.py    requests to endpoints that the SDK's table does not have are blocked
    forked.py     a new beginning in a child process

Both SDKs are one queue, one or more sender threads and one function that posts. All six calls
end in ``Client._enqueue``, all batches in ``Consumer.request``.
"""
