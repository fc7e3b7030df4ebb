"""The index follows an import beside it, and what goes wrong there is not lost."""

from concurrent.futures import wait

import pytest

from articles.pipeline.follow_index import FOLLOW_EVERY, IndexFollower


def test_what_goes_wrong_in_one_round_is_raised_by_the_next(monkeypatch):
    rounds = [ZeroDivisionError]

    def update(follower):
        if rounds:
            raise rounds.pop()

    monkeypatch.setattr(IndexFollower, "_update", update)
    with pytest.raises(ZeroDivisionError), IndexFollower() as follower:
        follower.follow(FOLLOW_EVERY)
        wait([follower._running])
        follower.follow(FOLLOW_EVERY)
        pytest.fail("The second round said nothing of the first.")
