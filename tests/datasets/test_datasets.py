"""Data in columns: where toy points lie, what real data is, no example lost or seen twice, no leak in the scaling."""

import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError

import numpy as np
import pytest
import sklearn.datasets

from nbhelpers import Network, datasets

MADE = {**datasets.TOY, **datasets.SURFACES, "sine": datasets.sine}
ALL = {**MADE, **datasets.REAL}
SIZES = {"digits": (64, 10, 1797), "iris": (4, 3, 150), "wine": (13, 3, 178), "diabetes": (10, 1, 442)}

every_dataset = pytest.mark.parametrize("name", ALL)
every_toy = pytest.mark.parametrize("name", datasets.TOY)
made = pytest.mark.parametrize("name", MADE)


def columns(data):
    """Each example as bytes: its features, and what is to be predicted."""
    return [data.X[:, i].tobytes() + data.Y[:, i].tobytes() for i in range(data.d)]


def numbered(d=40, classes=("a", "b", "c")):
    """Data in which each example carries its number; the classes have 1/2, 1/3 and 1/6 of them."""
    labels = np.array([0, 0, 0, 1, 1, 2])[np.arange(d) % 6]
    return datasets.Dataset(np.arange(d)[None], labels[None], "numbered", ("number",), classes, labels)


# What every dataset is


@every_dataset
def test_columns_names_and_shapes_fit_each_other(name):
    data = ALL[name]()
    assert data.name == name
    assert data.X.shape == (data.n, data.d) == (len(data.features), len(data))
    assert data.Y.shape == (data.m, data.d)
    assert data.X.dtype == data.Y.dtype == np.float64
    assert data.X.flags.f_contiguous
    assert np.isfinite(data.X).all()
    assert all(isinstance(word, str) for word in data.features + data.classes)
    assert name in repr(data)


@every_dataset
def test_y_says_the_class_of_each_label(name):
    data = ALL[name]()
    expected = {0: "regression", 2: "binary"}.get(len(data.classes), "classes")
    assert data.task == expected
    if data.task == "regression":
        assert data.labels is None
    elif data.task == "binary":
        np.testing.assert_array_equal(data.Y, [data.labels])
    else:
        assert data.m == len(data.classes)
        np.testing.assert_array_equal(data.Y.sum(axis=0), 1)
        np.testing.assert_array_equal(data.Y.argmax(axis=0), data.labels)


@every_dataset
def test_nothing_can_be_changed(name):
    data = ALL[name]()
    copies = [data, pickle.loads(pickle.dumps(data)), data.take([0, 1])]
    for array in (array for copy in copies for array in (copy.X, copy.Y, copy.labels) if array is not None):
        with pytest.raises(ValueError, match="read-only"):
            array[..., 0] = 7
    with pytest.raises(FrozenInstanceError):
        data.X = data.Y


@every_dataset
def test_a_network_takes_it(name):
    data = ALL[name]()
    f, loss = {
        "binary": ("sigmoid", "binary_cross_entropy"),
        "classes": ("softmax", "categorical_cross_entropy"),
        "regression": ("linear", "squared_error"),
    }[data.task]
    network = Network.initialize([data.n, data.m], [f], loss, rng=0)
    assert np.isfinite(network.cost(data.X, data.Y))


def test_what_does_not_fit_is_said():
    ones = np.ones((2, 5))
    with pytest.raises(ValueError, match=r"X is \(2, 5\), Y is \(1, 4\): both need a column per example"):
        datasets.Dataset(ones, np.ones((1, 4)), "mine", ("a", "b"))
    with pytest.raises(ValueError, match="1 features are named"):
        datasets.Dataset(ones, ones, "mine", ("a",))
    with pytest.raises(ValueError, match=r"labels is \(3,\)"):
        datasets.Dataset(ones, ones, "mine", ("a", "b"), ("no", "yes"), [0, 1, 0])
    with pytest.raises(ValueError, match="Y is 1-D"):
        datasets.Dataset(ones, np.ones(5), "mine", ("a", "b"))


def test_no_data_needs_scikit_learn():
    code = (
        "import sys; from nbhelpers import datasets; datasets.moons(); datasets.iris(); print('sklearn' in sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"


# Toy data


@made
def test_same_seed_same_bytes(name):
    make = MADE[name]
    first, again, other = make(30, rng=7), make(30, rng=np.random.default_rng(7)), make(30, rng=8)
    assert columns(first) == columns(again)
    assert columns(first) != columns(other)


@every_toy
@pytest.mark.parametrize("d", [8, 9, 200])
def test_as_many_as_asked_for_in_even_classes_and_shuffled(name, d):
    data = datasets.TOY[name](d, rng=1)
    counts = np.bincount(data.labels, minlength=len(data.classes))
    assert counts.sum() == d
    assert np.ptp(counts) <= 1
    assert (np.diff(data.labels) != 0).sum() >= len(data.classes)


@pytest.mark.parametrize(
    ("name", "peer"),
    [
        ("moons", lambda d: sklearn.datasets.make_moons(d, shuffle=False)[0] - [0.5, 0.25]),
        ("circles", lambda d: sklearn.datasets.make_circles(d, shuffle=False, factor=0.5)[0]),
    ],
)
def test_without_noise_they_are_those_of_scikit_learn(name, peer):
    data, points = datasets.TOY[name](40, noise=0), peer(40)
    for label in (0, 1):
        ours, theirs = data.X[:, data.labels == label].T, points[20 * label :][:20]
        np.testing.assert_allclose(sorted(ours.round(12).tolist()), sorted(theirs.round(12).tolist()), atol=1e-11)


def test_without_noise_blobs_are_their_centers():
    data = datasets.blobs(20, classes=4, noise=0)
    centers = np.array([[1, 0], [0, 1], [-1, 0], [0, -1]])
    np.testing.assert_allclose(data.X.T, centers[data.labels], atol=1e-15)


def test_without_noise_spirals_are_the_same_arm_turned():
    data = datasets.spirals(30, classes=3, noise=0)
    points = data.X[0] + 1j * data.X[1]
    radius = abs(points)
    turn = np.exp(2j * np.pi * ((radius - 0.1) / 0.9 + data.labels / 3))
    np.testing.assert_allclose(points, radius * turn, atol=1e-12)
    assert (radius.min(), radius.max()) == pytest.approx((0.1, 1))


def test_without_noise_xor_is_a_question_of_signs():
    data = datasets.xor(400, noise=0)
    np.testing.assert_array_equal(data.labels, data.X[0] * data.X[1] < 0)
    assert abs(data.X).max() < 1
    quadrants = np.bincount((data.X > 0).T @ [1, 2])
    np.testing.assert_array_equal(quadrants, 100)


def test_without_noise_the_sine_is_a_sine():
    data = datasets.sine(100, noise=0, waves=3)
    np.testing.assert_array_equal(data.Y, np.sin(3 * data.X))
    assert 3 < abs(data.X).max() < np.pi


@made
def test_noise_has_the_standard_deviation_that_is_asked_for(name):
    make = MADE[name]
    moved = [a - b for a, b in zip(_arrays(make(4000, noise=0.3)), _arrays(make(4000, noise=0)), strict=True)]
    assert moved[-1].std() == pytest.approx(0.3, rel=0.03)


def _arrays(data):
    return (data.Y,) if data.task == "regression" else (data.X,)


@made
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"d": 0}, "d is 0, expected a whole number from"),
        ({"d": 20.5}, "d is 20.5, expected a whole number"),
        ({"d": True}, "d is True, expected a whole number"),
        ({"noise": -0.1}, "noise is -0.1, expected a standard deviation of 0 or more"),
        ({"noise": np.nan}, "noise is nan"),
    ],
)
def test_bad_arguments_are_said(name, arguments, message):
    with pytest.raises(ValueError, match=message):
        MADE[name](**arguments)


@pytest.mark.parametrize("make", [datasets.blobs, datasets.spirals])
def test_the_number_of_classes(make):
    assert make(30, classes=2).task == "binary"
    assert make(30, classes=5).m == 5
    with pytest.raises(ValueError, match="classes is 1, expected a whole number from 2 on"):
        make(30, classes=1)
    with pytest.raises(ValueError, match="d is 4, expected a whole number from 5 on"):
        make(4, classes=5)


# Real data


@pytest.mark.parametrize("name", datasets.REAL)
def test_it_is_what_scikit_learn_brings_along(name):
    data = datasets.REAL[name]()
    options = {"scaled": False} if name == "diabetes" else {}
    bunch = getattr(sklearn.datasets, f"load_{name}")(**options)
    assert (data.n, data.m, data.d) == SIZES[name]
    X = bunch.data.T.round(8)  # all decimals that there are: older versions have 4.803999999999999 for 4.804
    np.testing.assert_array_equal(data.X * (16 if name == "digits" else 1), X)
    np.testing.assert_array_equal(data.Y[0] if data.labels is None else data.labels, bunch.target)
    if name in ("iris", "wine"):
        assert [word.replace(" in cm", " (cm)") for word in data.features] == [
            word.replace("_", " ") for word in bunch.feature_names
        ]
    assert datasets.REAL[name]() is data


def test_digits_are_pictures_with_ink_from_0_to_1():
    data = datasets.digits()
    assert (data.X.min(), data.X.max()) == (0, 1)
    assert (data.features[0], data.features[8], data.features[-1]) == ("pixel 1,1", "pixel 2,1", "pixel 8,8")
    zero = data.X[:, data.labels == 0].mean(axis=1).reshape(8, 8)
    assert zero[3:5, 3:5].max() < 0.2 < zero[3, 2]  # a ring: empty in its middle


def test_units_of_the_patients():
    data = datasets.diabetes()
    row = dict(zip(data.features, data.X, strict=True))
    assert set(row["sex"]) == {1, 2}
    assert (row["age"].min(), row["age"].max()) == (19, 79)
    assert 15 < row["body mass index"].min() < row["body mass index"].max() < 45
    assert (data.Y.min(), data.Y.max()) == (25, 346)
    ratio = row["total cholesterol"] / row["HDL"]
    assert abs(ratio - row["cholesterol / HDL"]).max() < 0.7  # the names belong to their rows


# Some of the examples


@every_dataset
@pytest.mark.parametrize("share", [0.1, 0.25, 0.5])
def test_every_example_is_in_one_part_and_none_in_both(name, share):
    data = ALL[name]()
    training, held_out = data.split(share, rng=3)
    assert held_out.d == round(share * data.d)
    assert sorted(columns(training) + columns(held_out)) == sorted(columns(data))
    assert (training.name, training.features, training.classes) == (data.name, data.features, data.classes)


@pytest.mark.parametrize("seed", range(20))
def test_no_number_is_in_both_parts_and_labels_go_along(seed):
    data = numbered(41)
    training, held_out = data.split(0.3, rng=seed)
    assert set(training.X[0]) | set(held_out.X[0]) == set(range(41))
    assert not set(training.X[0]) & set(held_out.X[0])
    for part in (training, held_out):
        np.testing.assert_array_equal(part.labels, np.array([0, 0, 0, 1, 1, 2])[part.X[0].astype(int) % 6])
        np.testing.assert_array_equal(part.Y[0], part.labels)


@pytest.mark.parametrize("name", [name for name in ALL if name not in ("sine", "diabetes", *datasets.SURFACES)])
def test_classes_keep_their_proportions(name):
    data = ALL[name]()
    _, held_out = data.split(0.25, rng=5)
    wanted = 0.25 * np.bincount(data.labels)
    np.testing.assert_allclose(np.bincount(held_out.labels), wanted, atol=1)


def test_each_example_has_the_same_chance_to_be_held_out():
    data = numbered(24)
    times = np.zeros(24)
    for seed in range(2000):
        times[data.split(0.25, rng=seed)[1].X[0].astype(int)] += 1
    np.testing.assert_allclose(times / 2000, 0.25, atol=0.05)


def test_the_split_follows_its_seed():
    data = numbered()
    drawn = [columns(data.split(rng=rng)[1]) for rng in (2, np.random.default_rng(2), 3)]
    assert drawn[0] == drawn[1] != drawn[2]


@pytest.mark.parametrize("share", [0, 1, -0.2, 1.5, 0.001, 0.999, np.nan])
def test_a_share_that_leaves_a_part_empty_is_refused(share):
    with pytest.raises(ValueError, match="leaves one of the two parts empty"):
        numbered().split(share)


def test_take():
    data = numbered(12)
    mixed = data.take([3, 5, 1, 3])
    np.testing.assert_array_equal(mixed.X, [[3, 5, 1, 3]])
    np.testing.assert_array_equal(mixed.Y, [[1, 2, 0, 1]])
    np.testing.assert_array_equal(mixed.labels, [1, 2, 0, 1])
    np.testing.assert_array_equal(data.take(slice(2)).labels, data.labels[:2])
    np.testing.assert_array_equal(data.take(data.labels == 2).X, [[5, 11]])
    assert data.take(4).X.shape == (1, 1)
    with pytest.raises(ValueError, match="no example of numbered is selected"):
        data.take([])
    with pytest.raises(IndexError, match="12 is out of bounds"):
        data.take([12])


# One scale, and no leak


def test_the_training_examples_get_mean_0_and_deviation_1():
    (training,) = datasets.standardized(datasets.wine())
    np.testing.assert_allclose(training.X.mean(axis=1), 0, atol=1e-12)
    np.testing.assert_allclose(training.X.std(axis=1), 1)


def test_the_others_are_scaled_with_the_numbers_of_the_training():
    training, validation, test = np.split(np.arange(178), [100, 140])
    data = datasets.wine()
    parts = [data.take(columns) for columns in (training, validation, test)]
    scaled = datasets.standardized(*parts)
    peer = sklearn.preprocessing.StandardScaler().fit(parts[0].X.T)
    for before, after in zip(parts, scaled, strict=True):
        np.testing.assert_allclose(after.X, peer.transform(before.X.T).T)
        np.testing.assert_array_equal(after.Y, before.Y)


def test_what_is_in_the_validation_changes_nothing_but_itself():
    training, validation = datasets.wine().split(rng=0)
    changed = datasets.Dataset(1000 + 7 * validation.X, validation.Y, "other", validation.features)
    scaled, _ = datasets.standardized(training, validation)
    again, moved = datasets.standardized(training, changed)
    np.testing.assert_array_equal(scaled.X, again.X)
    scaling = datasets.Scaling.of(training.X)
    np.testing.assert_allclose(moved.X * scaling.std + scaling.mean, changed.X)
    assert moved.X.mean() > 10


def test_a_constant_feature_is_only_centered():
    X = np.vstack([np.full(7, 0.1), np.arange(7.0)])
    training = datasets.Dataset(X, np.ones((1, 7)), "flat", ("constant", "ramp"))
    other = datasets.Dataset(X + 1, np.ones((1, 7)), "flat", ("constant", "ramp"))
    scaled, moved = datasets.standardized(training, other)
    np.testing.assert_allclose(scaled.X[0], 0, atol=1e-15)
    np.testing.assert_allclose(moved.X[0], 1)


def test_targets_on_the_scale_of_the_training_targets():
    training, validation = datasets.diabetes().split(rng=0)
    scaled, held_out = datasets.standardized(training, validation, targets=True)
    assert (scaled.Y.mean(), scaled.Y.std()) == pytest.approx((0, 1))
    np.testing.assert_allclose(held_out.Y, (validation.Y - training.Y.mean()) / training.Y.std())
    with pytest.raises(ValueError, match="iris has classes"):
        datasets.standardized(datasets.iris(), targets=True)


def test_other_features_are_refused():
    with pytest.raises(ValueError, match="sine has other features than moons"):
        datasets.standardized(datasets.moons(), datasets.sine())
    with pytest.raises(ValueError, match=r"X is \(1, 50\), but this scaling was made for 2 features"):
        datasets.Scaling.of(datasets.moons().X).apply(datasets.sine().X)
