"""Makes steps.json: small tables and what scikit-learn (1.2.1) makes of them, step by step. Run: python3 make_steps.py > steps.json"""
import json
import warnings

import numpy as np
from sklearn.decomposition import PCA, TruncatedSVD
from sklearn.experimental import enable_iterative_imputer  # noqa: F401
from sklearn.feature_extraction import FeatureHasher
from sklearn.feature_extraction.text import HashingVectorizer, TfidfVectorizer
from sklearn.feature_selection import chi2, f_classif, f_regression, mutual_info_classif, mutual_info_regression, r_regression
from sklearn.impute import IterativeImputer, KNNImputer
from sklearn.preprocessing import KBinsDiscretizer, PolynomialFeatures, PowerTransformer, QuantileTransformer

warnings.filterwarnings("ignore")
rng = np.random.RandomState(11)


def clean(values):
    a = np.asarray(values, dtype=float)
    if a.ndim == 1:
        return ["NaN" if np.isnan(v) else v for v in a.tolist()]
    return [clean(row) for row in a]


n = 60
base = rng.randn(n, 2) @ rng.randn(2, 4) + 0.3 * rng.randn(n, 4)
train = np.round(np.column_stack([base[:, 0] * 3 + 7, np.exp(base[:, 1]), base[:, 2], np.round(base[:, 3] * 2)]), 3)
complete = train.copy()
train[rng.uniform(size=train.shape) < 0.15] = np.nan
asked = np.array([[np.nan, 2.0, 0.5, 1.0], [8.5, np.nan, np.nan, -2.0], [-40.0, 900.0, 10.0, np.nan], [7.0, 1.0, 0.0, 0.0], [np.nan, np.nan, 0.37, np.nan]])
asked_complete = np.array([[6.0, 2.0, 0.5, 1.0], [8.5, 0.3, -1.5, -2.0], [-40.0, 900.0, 10.0, 3.0]])
result = {"train": clean(train), "complete": clean(complete), "asked": clean(asked), "asked_complete": clean(asked_complete)}

result["neighbors"] = {
    "uniform": clean(KNNImputer(n_neighbors=5).fit(train).transform(asked)),
    "distance": clean(KNNImputer(n_neighbors=3, weights="distance").fit(train).transform(asked)),
    "training": clean(KNNImputer(n_neighbors=5).fit_transform(train)),
}
iterative = IterativeImputer(random_state=0).fit(train)
result["iterative"] = {"asked": clean(iterative.transform(asked)), "training": clean(IterativeImputer(random_state=0).fit_transform(train))}

uniform = QuantileTransformer(n_quantiles=1000, subsample=10 ** 6).fit(train)
result["quantile"] = {
    "uniform": clean(uniform.transform(asked)),
    "uniform_training": clean(uniform.transform(train)),
    "normal": clean(QuantileTransformer(n_quantiles=20, output_distribution="normal", subsample=10 ** 6).fit(train).transform(asked)),
}
power = PowerTransformer().fit(train)
result["yeo_johnson"] = {"powers": power.lambdas_.tolist(), "asked": clean(power.transform(asked)), "bent": clean(PowerTransformer(standardize=False).fit(train).transform(asked))}

result["polynomial"] = clean(PolynomialFeatures(degree=3, include_bias=False).fit(complete).transform(asked_complete))
result["interactions"] = clean(PolynomialFeatures(degree=2, include_bias=False, interaction_only=True).fit(complete).transform(asked_complete))


def signed(components):
    return np.array([1 if row[np.argmax(np.abs(row))] > 0 else -1 for row in components])


pca = PCA(n_components=3, svd_solver="full").fit(complete)
flip = signed(pca.components_)
white = PCA(n_components=2, svd_solver="full", whiten=True).fit(complete)
svd = TruncatedSVD(n_components=2, algorithm="arpack").fit(complete)
result["pca"] = {
    "components": clean(pca.components_ * flip[:, None]), "explained": pca.explained_variance_ratio_.tolist(), "asked": clean(pca.transform(asked_complete) * flip),
    "white": clean(white.transform(asked_complete) * signed(white.components_)), "svd": clean(svd.transform(asked_complete) * signed(svd.components_)),
}

# More columns than rows: the same numbers, 12 rows of 20.
wide = complete.reshape(12, 20)
of_rows = {"made": PCA(n_components=5, svd_solver="full"), "white": PCA(n_components=3, svd_solver="full", whiten=True), "svd": TruncatedSVD(n_components=4, algorithm="arpack")}
result["wide"] = {name: clean(fitted.transform(wide) * signed(fitted.components_)) for name, fitted in ((name, model.fit(wide)) for name, model in of_rows.items())}

bins = {}
for strategy in ["uniform", "quantile", "kmeans"]:
    b = KBinsDiscretizer(n_bins=5, encode="ordinal", strategy=strategy, **({"subsample": None} if strategy == "quantile" else {})).fit(complete)
    bins[strategy] = {"edges": [clean(e) for e in b.bin_edges_], "asked": clean(b.transform(asked_complete))}
result["bins"] = bins

texts = ["The cat sat on the mat.", "A dog chased the cat, the dog barked!", "Mats are for cats and dogs", "", "naïve café naïve"]
asked_texts = ["the dog and the cat", "nothing known here", "Café mat mat"]
tfidf = TfidfVectorizer().fit(texts)
pairs = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, norm=None, min_df=2).fit(texts)
chars = TfidfVectorizer(analyzer="char", ngram_range=(2, 3)).fit(texts)
hashing = HashingVectorizer(n_features=16).fit(texts)
result["text"] = {
    "texts": texts, "asked": asked_texts,
    "words": tfidf.get_feature_names_out().tolist(), "tfidf": clean(tfidf.transform(asked_texts).toarray()),
    "pair_words": pairs.get_feature_names_out().tolist(), "pairs": clean(pairs.transform(asked_texts).toarray()),
    "char_grams": sorted(chars.get_feature_names_out().tolist()), "chars": clean(chars.transform(asked_texts).toarray()[:, np.argsort(chars.get_feature_names_out())]),
    "hashed": clean(hashing.transform(asked_texts).toarray()),
}

levels = ["a", "b", "c", "a", "b", "a", "d", "a", "b", "c", "c", "a"]
result["levels"] = levels
result["hashed_levels"] = clean(FeatureHasher(n_features=8, input_type="dict").transform([{"fruit": v} for v in levels]).toarray())
y = np.round(rng.randn(len(levels)) + np.array([ord(v) - 97 for v in levels]), 3)
w = np.round(rng.uniform(0.5, 3, len(levels)), 2)
result["level_target"], result["level_weights"] = y.tolist(), w.tolist()


def encode(levels, y, w, smooth):
    prior = np.average(y, weights=w)
    variance = np.average((y - prior) ** 2, weights=w)
    out = {}
    for v in sorted(set(levels)):
        at = np.array(levels) == v
        mean, count = np.average(y[at], weights=w[at]), w[at].sum()
        if smooth == "auto":
            # as scikit-learn 1.3's TargetEncoder: the level's own mean counts by how sure it is beside the spread of the target
            within = np.average((y[at] - mean) ** 2, weights=w[at])
            trust = variance * count / (variance * count + within) if variance * count + within > 0 else 1.0
            out[v] = trust * mean + (1 - trust) * prior
        else:
            out[v] = (mean * count + smooth * prior) / (count + smooth)
    return [out[v] for v in levels]


result["target_encoded"] = {"auto": encode(levels, y, w, "auto"), "ten": encode(levels, y, w, 10.0), "unweighted": encode(levels, y, np.ones(len(y)), "auto")}

m = 300
x = rng.randn(m, 4)
x[:, 3] = np.round(x[:, 3])
target = np.round(x[:, 0] ** 2 + 0.5 * x[:, 1] + 0.3 * rng.randn(m), 3)
classes = (np.digitize(x[:, 0] + 0.3 * x[:, 1] + 0.5 * rng.randn(m), [-0.5, 0.7])).astype(int)
x = np.round(x, 3)
positive = np.round(np.abs(x), 3)
result["scores"] = {
    "x": clean(x), "target": target.tolist(), "classes": classes.tolist(),
    "f_classes": clean(f_classif(x, classes)[0]), "f_classes_p": clean(f_classif(x, classes)[1]), "f_numbers": clean(f_regression(x, target)[0]), "f_numbers_p": clean(f_regression(x, target)[1]),
    "correlation": clean(r_regression(x, target)), "chi_square": clean(chi2(positive, classes)[0]), "chi_square_p": clean(chi2(positive, classes)[1]),
    "information_classes": clean(mutual_info_classif(x, classes, discrete_features=[False, False, False, True], random_state=0)),
    "information_numbers": clean(mutual_info_regression(x, target, discrete_features=[False, False, False, True], random_state=0)),
}
cloud = np.round(np.vstack([rng.randn(200, 2), [[8, 8], [-9, 7], [7, -9]]]), 3)
result["cloud"] = clean(cloud)
print(json.dumps(result))
