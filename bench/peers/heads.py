"""scikit-learn in the heads bench: GridSearchCV over the same kinds of head at the same settings."""

import os

for _name in ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE"):
    os.environ.pop(_name, None)

from conversation import need, serve

versions = need("numpy", "scikit-learn:sklearn", "threadpoolctl")

import time
import warnings
from pathlib import Path

import numpy as np
import threadpoolctl
from sklearn.linear_model import LogisticRegression, RidgeClassifier
from sklearn.model_selection import GridSearchCV, StratifiedKFold
from sklearn.neighbors import KNeighborsClassifier, NearestCentroid

warnings.filterwarnings("ignore")
data = {}


def prepare(folder, threads):
    threadpoolctl.threadpool_limits(threads)
    for name in ("train", "test", "train-codes", "test-codes"):
        data[name] = np.load(Path(folder) / f"{name}.npy")
    return {}


def vote(distances):
    return np.exp((1 - distances) / 0.1)


def kinds(labels):
    """Penalties mean the same: ours are per row, scikit-learn's in all."""
    fitted = labels * 4 / 5
    return {
        "ncc": (NearestCentroid(), {}),
        "ridge": (RidgeClassifier(), {"alpha": [p * fitted for p in (10, 1, 0.1, 0.01, 0.001)]}),
        "logistic": (
            LogisticRegression(max_iter=1000),
            {"C": [1 / (p * fitted) for p in (1, 0.1, 0.01, 0.001, 0.0001)]},
        ),
        "knn": (
            KNeighborsClassifier(metric="cosine", algorithm="brute", weights=vote),
            {"n_neighbors": [1, 3, 5, 10, 20]},
        ),
    }


def choose(labels, kind):
    start = time.perf_counter()
    rows, codes = data["train"][:labels], data["train-codes"][:labels]
    mean = rows.mean(0, dtype=np.float64)
    scale = 1 / np.sqrt(np.mean((rows - mean) ** 2, dtype=np.float64))
    rows = ((rows - mean) * scale).astype(np.float32)
    test = ((data["test"] - mean) * scale).astype(np.float32)
    best = None
    for name, (model, grid) in kinds(labels).items():
        if kind not in ("all", name):
            continue
        folds = StratifiedKFold(5, shuffle=True, random_state=1)
        search = GridSearchCV(model, grid, cv=folds).fit(rows, codes)
        if best is None or search.best_score_ > best[0]:
            setting = next(iter(search.best_params_.values()), 0)
            best = (search.best_score_, search, name, float(setting))
    right = best[1].predict(test) == data["test-codes"]
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "accuracy": float(right.mean()), "head": best[2], "setting": best[3]}


serve(versions, {"prepare": prepare, "choose": choose})
