"""scikit-learn and NumPy in the measures bench: one measure a request, on the matrices of a folder."""

import os

# They make a current OpenBLAS take kernels or blocks that are not this machine's.
for _name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    os.environ.pop(_name, None)

from conversation import need, serve

versions = need("numpy", "scikit-learn:sklearn", "threadpoolctl")

import time
from pathlib import Path

import numpy as np
import threadpoolctl
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier, NearestCentroid

data = {}


def prepare(folder, threads):
    threadpoolctl.threadpool_limits(threads)
    for name in ("train", "test", "train-codes", "test-codes"):
        data[name] = np.load(Path(folder) / f"{name}.npy")
    data["classes"] = int(data["train-codes"].max()) + 1
    return {}


def timed(work):
    def handle(**asked):
        start = time.perf_counter()
        answer = work(**asked)
        seconds = time.perf_counter() - start
        lists = {key: getattr(value, "tolist", lambda v=value: v)() for key, value in answer.items()}
        return {"seconds": seconds, **lists}

    return handle


def ncc():
    model = NearestCentroid().fit(data["train"], data["train-codes"])
    return {"train": model.predict(data["train"]), "test": model.predict(data["test"])}


def ncc_numpy():
    """Means class by class in float64, a float32 product: argmax x · c - ½‖c‖²."""
    rows, codes, classes = data["train"], data["train-codes"], data["classes"]
    centres = np.stack([rows[codes == c].mean(0, dtype=np.float64) for c in range(classes)])
    turned, offsets = centres.T.astype(np.float32), ((centres**2).sum(1) / 2).astype(np.float32)
    predict = lambda m: np.concatenate(
        [(m[i : i + 4096] @ turned - offsets).argmax(1) for i in range(0, len(m), 4096)]
    )
    return {"train": predict(rows), "test": predict(data["test"])}


def cdnv():
    """Class by class, means in float64: a good deal faster than over the whole matrix at once."""
    rows, codes, classes = data["train"], data["train-codes"], data["classes"]
    means, variances = np.empty((classes, rows.shape[1])), np.empty(classes)
    for c in range(classes):
        own = rows[codes == c]
        means[c] = own.mean(0, dtype=np.float64)
        own -= means[c].astype(np.float32)
        variances[c] = np.einsum("ij,ij->", own, own) / len(own)
    squares = (means**2).sum(1)
    distances = squares[:, None] + squares[None] - 2 * means @ means.T
    i, j = np.triu_indices(classes, 1)
    return {"value": float(np.mean((variances[i] + variances[j]) / (2 * distances[i, j])))}


def unit(rows):
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def knn_cosine(k):
    """scikit-learn by cosine: chunks of the distance matrix, then a partition."""
    model = KNeighborsClassifier(
        k, metric="cosine", algorithm="brute", weights=lambda d: np.exp((1 - d) / 0.1), n_jobs=-1
    )
    return {"test": model.fit(data["train"], data["train-codes"]).predict(data["test"])}


def knn_euclidean(k):
    """scikit-learn by Euclidean distance of unit rows, the same order: its fused reduction."""
    model = KNeighborsClassifier(
        k,
        metric="euclidean",
        algorithm="brute",
        weights=lambda d: np.exp((1 - d**2 / 2) / 0.1),
        n_jobs=-1,
    )
    model.fit(unit(data["train"]), data["train-codes"])
    return {"test": model.predict(unit(data["test"]))}


def knn_numpy(k):
    """A float32 product in blocks, argpartition, votes."""
    bank, queries = unit(data["train"]), unit(data["test"])
    predicted = np.empty(len(queries), np.int64)
    for start in range(0, len(queries), 512):
        similarities = queries[start : start + 512] @ bank.T
        nearest = np.argpartition(similarities, -k, axis=1)[:, -k:]
        near = np.take_along_axis(similarities, nearest, 1)
        predicted[start : start + 512] = vote(data["train-codes"][nearest], near)
    return {"test": predicted}


def vote(codes, similarities):
    votes = np.zeros((len(codes), data["classes"]))
    np.add.at(votes, (np.arange(len(codes))[:, None], codes), np.exp(similarities / 0.1))
    return votes.argmax(1)


def decide(rows, k):
    """kNN of the test rows named, all in float64: who is right where two disagree."""
    bank, queries = (unit(m.astype(np.float64)) for m in (data["train"], data["test"][rows]))
    similarities = queries @ bank.T
    nearest = np.argsort(-similarities, axis=1, kind="stable")[:, :k]
    near = np.take_along_axis(similarities, nearest, 1)
    return {"test": vote(data["train-codes"][nearest], near)}


def prepared():
    """Centred, over one scalar: the features of ours, made before the clock starts."""
    if "prepared" not in data:
        rows = data["train"] - data["train"].mean(0, dtype=np.float64).astype(np.float32)
        data["prepared"] = rows / np.float32(np.sqrt(np.mean(rows**2, dtype=np.float64)))
    return data["prepared"]


def probe(penalty, tolerance):
    rows = prepared()
    model = LogisticRegression(C=1 / (penalty * len(rows)), max_iter=1000, tol=tolerance)
    start = time.perf_counter()
    model.fit(rows, data["train-codes"])
    seconds = time.perf_counter() - start
    found = objective_at(model.coef_, model.intercept_, penalty)
    return {"seconds": seconds, "objective": found, "iterations": int(model.n_iter_[0])}


def objective(weights, bias, penalty):
    """Of weights for features as they come, in float64."""
    rows = data["train"]
    mean = rows.mean(0, dtype=np.float64)
    scale = np.sqrt(np.mean((rows - mean) ** 2, dtype=np.float64))
    weights = np.array(weights).reshape(data["classes"], -1)
    return {"objective": objective_at(weights * scale, np.array(bias) + weights @ mean, penalty)}


def objective_at(weights, bias, penalty):
    rows, codes, total = prepared(), data["train-codes"], 0.0
    for start in range(0, len(rows), 5000):
        logits = rows[start : start + 5000].astype(np.float64) @ weights.T.astype(np.float64) + bias
        high = logits.max(1)
        own = logits[np.arange(len(logits)), codes[start : start + 5000]]
        total += float(np.sum(high + np.log(np.exp(logits - high[:, None]).sum(1)) - own))
    return total / len(rows) + penalty / 2 * float(np.sum(weights.astype(np.float64) ** 2))


serve(
    versions,
    {
        "prepare": prepare,
        "ncc": timed(ncc),
        "ncc-numpy": timed(ncc_numpy),
        "cdnv": timed(cdnv),
        "knn-cosine": timed(knn_cosine),
        "knn-euclidean": timed(knn_euclidean),
        "knn-numpy": timed(knn_numpy),
        "decide": timed(decide),
        "probe": probe,
        "objective": objective,
    },
)
