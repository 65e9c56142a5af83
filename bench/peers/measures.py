"""Peers of the measures: scikit-learn and NumPy on the same matrices, one task a line of stdin.

The folder given holds train.npy, test.npy (float32), train-codes.npy, test-codes.npy (int32).
Each line read is {"task": NAME, ...}; each line written is {"seconds": S, ...} with the answers.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
import sklearn
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier, NearestCentroid

folder = Path(sys.argv[1])
train, test, train_codes, test_codes = (
    np.load(folder / f"{name}.npy") for name in ("train", "test", "train-codes", "test-codes")
)
classes = int(train_codes.max()) + 1


def ncc():
    """Fit, then predict and score both splits."""
    model = NearestCentroid().fit(train, train_codes)
    on_train, on_test = model.predict(train), model.predict(test)
    scores = [float(np.mean(on_train == train_codes)), float(np.mean(on_test == test_codes))]
    return {"scores": scores, "train": on_train, "test": on_test}


def cdnv_by_class():
    """Means and variances class by class in float64, pairs by one product."""
    means = np.empty((classes, train.shape[1]))
    variances = np.empty(classes)
    for c in range(classes):
        rows = train[train_codes == c]
        means[c] = rows.mean(0, dtype=np.float64)
        rows -= means[c].astype(np.float32)
        variances[c] = np.einsum("ij,ij->", rows, rows) / len(rows)
    return pairs(means, variances)


def cdnv_by_product():
    """Means as a product with the one-hot labels, squares of all rows in one einsum."""
    counts = np.bincount(train_codes, minlength=classes)
    one_hot = np.zeros((classes, len(train)), np.float32)
    one_hot[train_codes, np.arange(len(train))] = 1
    means = (one_hot @ train).astype(np.float64) / counts[:, None]
    rows = train - means.astype(np.float32)[train_codes]
    squares = np.einsum("ij,ij->i", rows, rows)
    variances = np.bincount(train_codes, squares, minlength=classes) / counts
    return pairs(means, variances)


def pairs(means, variances):
    squares = (means**2).sum(1)
    distances = squares[:, None] + squares[None] - 2 * means @ means.T
    i, j = np.triu_indices(classes, 1)
    return {"value": float(np.mean((variances[i] + variances[j]) / (2 * distances[i, j])))}


def vote(codes, similarities):
    votes = np.zeros((len(codes), classes))
    np.add.at(votes, (np.arange(len(codes))[:, None], codes), np.exp(similarities / 0.1))
    return votes.argmax(1)


def unit(rows):
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def knn_sklearn(k):
    """Brute force by cosine, as its documentation has it."""
    model = KNeighborsClassifier(
        k, metric="cosine", algorithm="brute", weights=lambda d: np.exp((1 - d) / 0.1), n_jobs=-1
    )
    return {"test": model.fit(train, train_codes).predict(test)}


def knn_euclidean(k):
    """The same order through Euclidean distances of unit rows, scikit-learn's fused reduction."""
    model = KNeighborsClassifier(
        k,
        metric="euclidean",
        algorithm="brute",
        weights=lambda d: np.exp((1 - d**2 / 2) / 0.1),
        n_jobs=-1,
    )
    return {"test": model.fit(unit(train), train_codes).predict(unit(test))}


def knn_numpy(k):
    """A float32 product in blocks, argpartition, votes."""
    bank, predicted = unit(train), np.empty(len(test), np.int64)
    queries = unit(test)
    for start in range(0, len(test), 512):
        similarities = queries[start : start + 512] @ bank.T
        nearest = np.argpartition(similarities, -k, axis=1)[:, -k:]
        near = np.take_along_axis(similarities, nearest, 1)
        predicted[start : start + 512] = vote(train_codes[nearest], near)
    return {"test": predicted}


def probe(penalty, iterations, tolerance):
    """Mean cross-entropy + penalty / 2 |W|^2 on centred features over one scalar."""
    rows = prepared()
    model = LogisticRegression(C=1 / (penalty * len(rows)), max_iter=iterations, tol=tolerance)
    start = time.perf_counter()
    model.fit(rows, train_codes)
    seconds = time.perf_counter() - start
    weights, bias = model.coef_.astype(np.float64), model.intercept_.astype(np.float64)
    return {
        "seconds": seconds,
        "iterations": int(model.n_iter_[0]),
        "objective": objective(rows, weights, bias, penalty),
        "test": (prepared(test) @ model.coef_.T + model.intercept_).argmax(1),
    }


def prepared(rows=train):
    mean = train.mean(0, dtype=np.float64)
    scale = np.sqrt(np.mean([np.var(block - mean) for block in np.array_split(train, 50)]))
    return ((rows - mean) / scale).astype(np.float32)


def objective(rows, weights, bias, penalty):
    total = 0.0
    for start in range(0, len(rows), 5000):
        logits = rows[start : start + 5000].astype(np.float64) @ weights.T + bias
        high = logits.max(1)
        own = logits[np.arange(len(logits)), train_codes[start : start + 5000]]
        total += float(np.sum(high + np.log(np.exp(logits - high[:, None]).sum(1)) - own))
    return total / len(rows) + penalty / 2 * float((weights**2).sum())


def decide(rows, k):
    """kNN of the test rows named, all in float64: who is right where two disagree."""
    bank = train.astype(np.float64)
    bank /= np.linalg.norm(bank, axis=1, keepdims=True)
    queries = test[rows].astype(np.float64)
    queries /= np.linalg.norm(queries, axis=1, keepdims=True)
    similarities = queries @ bank.T
    nearest = np.argsort(-similarities, axis=1, kind="stable")[:, :k]
    return {"test": vote(train_codes[nearest], np.take_along_axis(similarities, nearest, 1))}


tasks = {
    "ncc": ncc,
    "cdnv-by-class": cdnv_by_class,
    "cdnv-by-product": cdnv_by_product,
    "knn-sklearn": knn_sklearn,
    "knn-euclidean": knn_euclidean,
    "knn-numpy": knn_numpy,
    "probe": probe,
    "decide": decide,
    "versions": lambda: {"numpy": np.__version__, "sklearn": sklearn.__version__},
}

for line in sys.stdin:
    asked = json.loads(line)
    task = tasks[asked.pop("task")]
    start = time.perf_counter()
    answer = task(**asked)
    answer = {"seconds": time.perf_counter() - start, **answer}
    plain = {name: v.tolist() if isinstance(v, np.ndarray) else v for name, v in answer.items()}
    print(json.dumps(plain), flush=True)
