import operator

from safetrack.cli.scrub.workers import in_order


def test_one_process_works_lazily():
    taken = []
    results = in_order(operator.neg, (taken.append(n) or n for n in range(10)), workers=1)

    assert next(results) == 0
    assert taken == [0]


def test_several_processes_keep_the_order_and_few_batches_in_hand():
    taken = []
    results = in_order(operator.neg, (taken.append(n) or n for n in range(100)), workers=2)

    assert next(results) == 0
    assert len(taken) <= 4
    assert list(results) == [-n for n in range(1, 100)]
