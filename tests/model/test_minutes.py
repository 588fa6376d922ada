"""Minutes of work, read off the times of steps."""

from annotator.model.minutes import pace, seconds


def test_gaps_over_five_minutes_do_not_count():
    done = [
        ("ana", "x", "2026-03-01T09:00:00.000Z"),
        ("ana", "x", "2026-03-01T09:01:00.000Z"),
        ("ana", "y", "2026-03-01T09:06:00.000Z"),
        ("ana", "y", "2026-03-01T09:11:00.001Z"),
        ("ana", "x", "2026-03-01T09:12:00.001Z"),
        ("ben", "x", "2026-03-01T09:00:30.000Z"),
    ]
    assert seconds(done) == {("ana", "x"): 120.0, ("ana", "y"): 300.0}
    assert seconds(reversed(done)) == seconds(done)


def test_time_zones_and_what_is_no_time():
    done = [("a", "x", "2026-03-01T09:00:00Z"), ("a", "x", "2026-03-01T10:01:00+01:00"), ("a", "x", "yesterday")]
    assert seconds(done) == {("a", "x"): 60.0}
    assert seconds([]) == {}


def test_the_pace_is_the_median_gap_and_pauses_do_not_count():
    times = [f"2026-01-01T00:{minute:02}:00.000Z" for minute in (1, 2, 2, 40, 43, 45)]
    assert pace(times) == 120.0
    assert pace(times[:2]) is None
    assert pace([]) is None
    assert pace(["once", *times[-2:], "never"]) is None
