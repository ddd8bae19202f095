"""What does a network cost? Its work, counted from the sizes, and its times, measured when asked."""

from nbhelpers.experiments.operation_counts import backward_work, difference_work, forward_work, parameter_count
from nbhelpers.experiments.pass_times import MAX_PARAMETERS, PassTimes, measured_passes
from nbhelpers.explorers.kit.controls import Button, Hidden, WholeLogSlider, WholeSlider
from nbhelpers.explorers.kit.explorer import Explorer, Group, Lesson, Seen
from nbhelpers.numbers_as_text import amount, duration, ratio
from nbhelpers.plots import style
from nbhelpers.plots.cost_meter import ROWS, SIZE, CostMeterPanels

MAX_HIDDEN = 10
_MEASURE = "Time this network, here and now"
_INVITATION = "Press “Measure” to time\nthis network here and now."


def cost_meter():
    """Return an explorer of the cost of forward, backward and differences, for any sizes.

    What is counted follows the sliders. Times are measured when the button is pressed, which takes about a quarter of
    a second, and vanish with the next move: they belong to the sizes that they were measured for.

    Returns
    -------
    nbhelpers.explorers.kit.explorer.Explorer

    Examples
    --------
    >>> explorer = cost_meter()
    >>> explorer.state = {"features": 2, "width": 2, "hidden": 1, "outputs": 1, "d": 1}
    >>> explorer.words.split(", differences")[0]
    '2-2-1, 9 parameters, d = 1: forward 6 multiply-adds, backward 1.33 times as many'
    """
    return Explorer(Meter())


class Meter(Lesson):
    """What is in the explorer."""

    panel_names = ("multiply-adds", "stored numbers", "times")

    def __init__(self):
        with style.context():
            self.figure = style.new_figure(*SIZE)
            self.panels = CostMeterPanels(self.figure)
        # measured times by name, as they belong to the state; empty if nothing was measured
        self.times, self.sizes = Hidden("times", {}, _times_or_none), _sizes()
        self.button = Button("Measure", self.measure, _MEASURE)
        self.moving, self.controls = self.panels.moving, {**self.sizes, "times": self.times}
        self.groups, self.follow = _groups(self.sizes, self.button), dict.fromkeys(self.sizes, self._forget)

    def measure(self):
        """Time the passes of the present sizes."""
        self.times.value = _three_digits(measured_passes(*_asked(self.values)))

    def _forget(self, _):
        """Another network: what was measured is not true of it, and perhaps it cannot be measured."""
        self.times.value = {}
        reason = _too_many(_asked(self.values)[0])
        self.button.disabled = bool(reason)
        self.button.tooltip = reason or _MEASURE

    def redraw(self, values):
        """Count, show the counts and the times, if there are any, and say them in words."""
        (sizes, d), times = _asked(values), values["times"]
        works = [count(sizes, d) for count in (forward_work, backward_work, difference_work)]
        works += works[:2]  # loops do the same, one number at a time
        seconds = [times[name] for name in PassTimes._fields[: len(ROWS)]] if times else None
        counts = [work.multiply_adds for work in works], [work.stored for work in works]
        instead = _too_many(sizes).replace(": ", ":\n") or _INVITATION
        self.panels.update(*counts, seconds, _estimated(times, d), _lines(works, seconds), instead)
        words = f"{_counts_in_words(sizes, d, works)} {_times_in_words(times, d, _too_many(sizes))}"
        return Seen(words, f"Bars on a logarithmic scale. {words} {_listed(works)}")


# --- sizes ------------------------------------------------------------------------------------------------------------


def _sizes():
    return {
        "features": WholeLogSlider("features", 64, 1, 1000, "n, the rows of X"),
        "width": WholeLogSlider("width", 32, 1, 1000, "units of each hidden layer"),
        "hidden": WholeSlider("hidden", 1, 0, MAX_HIDDEN, "how many hidden layers"),
        "outputs": WholeLogSlider("outputs", 10, 1, 100, "m, the units of the last layer"),
        "d": WholeLogSlider("d", 100, 1, 10_000, "examples, the columns of X"),
    }


def _groups(sizes, button):
    ends, middle = [sizes["features"], sizes["outputs"]], [sizes["width"], sizes["hidden"]]
    return [Group("ends", ends), Group("hidden layers", middle), Group("data", [sizes["d"], button])]


def _asked(values):
    """The sizes of the network, and d."""
    between = [values["width"]] * values["hidden"]
    return [values["features"], *between, values["outputs"]], values["d"]


# --- times ------------------------------------------------------------------------------------------------------------


def _three_digits(times):
    """Seconds as short numbers, for a state that is a short text."""
    seconds = {name: float(f"{value:.3g}") for name, value in times._asdict().items()}
    return {**seconds, "examples": times.examples, "loop_examples": times.loop_examples}


def _times_or_none(value):
    if value != {} and not _are_times(value):
        raise ValueError("times needs what “Measure” has found, or {}")
    return dict(value)


def _are_times(value):
    is_complete = isinstance(value, dict) and list(value) == list(PassTimes._fields)
    return is_complete and all(isinstance(number, (int, float)) and number > 0 for number in value.values())


def _too_many(sizes):
    """Why this network cannot be measured; nothing if it can."""
    P = parameter_count(sizes)
    return f"{amount(P)} parameters: passes are measured up to {amount(MAX_PARAMETERS)}" if P > MAX_PARAMETERS else ""


def _estimated(times, d):
    """Which rows were not measured as they are, but scaled up."""
    if not times:
        return [False] * len(ROWS)
    few, fewer = times["examples"] < d, times["loop_examples"] < d
    return [few, few, True, fewer, fewer]


# --- words ------------------------------------------------------------------------------------------------------------


def _lines(works, seconds):
    """The line above each panel."""
    forward, backward, *_ = works
    counts = zip(forward[::2], backward[::2], strict=True)  # multiply-adds and stored numbers
    by_loops = f"loops = {ratio(sum(seconds[3:]), sum(seconds[:2]))} × matrix products" if seconds else ""
    return [*(f"backward = {ratio(back, there)} × forward" for there, back in counts), by_loops]


def _counts_in_words(sizes, d, works):
    forward, backward, differences = (work.multiply_adds for work in works[:3])
    return (
        f"{_name(sizes)}, {amount(parameter_count(sizes))} parameters, d = {d:,}: forward {amount(forward)} "
        f"multiply-adds, backward {ratio(backward, forward)} times as many, differences {ratio(differences, forward)} "
        f"times (two passes per parameter)."
    )


def _name(sizes):
    """``64-32-10``, or where that would be long ``64-(10 × 32)-10``."""
    between = sizes[1:-1]
    if len(between) > 3:
        return f"{sizes[0]}-({len(between)} × {between[0]})-{sizes[-1]}"
    return "-".join(map(str, sizes))


def _times_in_words(times, d, too_many):
    if not times:
        return f"No times: {too_many}." if too_many else "Nothing is measured yet."
    both, by_loops = times["forward"] + times["backward"], times["loop_forward"] + times["loop_backward"]
    return (
        f"Measured{_loops_in_words(times['loop_examples'], d)}: {duration(both)} forward and back by matrix products, "
        f"{duration(by_loops)} by loops ({ratio(by_loops, both)} times), "
        f"about {duration(times['differences'])} by differences."
    )


def _loops_in_words(few, d):
    """Where the times of the loops are scaled up."""
    return f", loops on {few:,} example{'s' * (few > 1)}" if few < d else ""


def _listed(works):
    """The numbers of the bars, for those who do not see them."""
    counts = _by_pass(work.multiply_adds for work in works)
    return f"Multiply-adds: {counts}. Stored numbers: {_by_pass(work.stored for work in works)}."


def _by_pass(counts):
    names = ("forward", "backward", "differences")
    return ", ".join(f"{name} {amount(count)}" for name, count in zip(names, counts, strict=False))
