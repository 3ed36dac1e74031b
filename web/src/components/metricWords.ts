import type { LearningTask, TargetKind } from '@/api';
import { formatNumber, formatShare, humanize } from './format';

interface MetricWords {
  title: string;
  /** One sentence for somebody who never heard of it. */
  meaning: string;
  /** Null where neither is. */
  better: 'higher' | 'lower' | null;
  share: boolean;
}

const words = new Map<string, MetricWords>([
  ['accuracy', { title: 'Accuracy', meaning: 'The share of rows that were predicted right.', better: 'higher', share: true }],
  ['balanced_accuracy', { title: 'Balanced accuracy', meaning: 'The share found of each class, averaged: rare classes count as much as common ones.', better: 'higher', share: true }],
  ['roc_auc', { title: 'ROC AUC', meaning: 'How often a row of a class scores above a row that is not of it. 0.5 is guessing, 1 is perfect.', better: 'higher', share: false }],
  ['average_precision', { title: 'Average precision', meaning: 'Precision averaged over all thresholds. 1 is perfect; guessing gives the share of positives.', better: 'higher', share: false }],
  ['log_loss', { title: 'Log loss', meaning: 'How surprised the model is by the truth: confident mistakes cost most. 0 is perfect.', better: 'lower', share: false }],
  ['brier', { title: 'Brier score', meaning: 'The mean squared error of the probabilities. 0 is perfect.', better: 'lower', share: false }],
  ['precision', { title: 'Precision', meaning: 'Of the rows that were called positive, the share that are.', better: 'higher', share: true }],
  ['recall', { title: 'Recall', meaning: 'Of the rows that are positive, the share that was found.', better: 'higher', share: true }],
  ['f1', { title: 'F1', meaning: 'Precision and recall of the positive class in one number. 1 is perfect.', better: 'higher', share: false }],
  ['precision_macro', { title: 'Precision, mean of classes', meaning: 'Of the rows called a class, the share that are of it; every class counts the same.', better: 'higher', share: true }],
  ['recall_macro', { title: 'Recall, mean of classes', meaning: 'Of the rows of a class, the share that was found; every class counts the same.', better: 'higher', share: true }],
  ['f1_macro', { title: 'Macro F1', meaning: 'Precision and recall in one number for each class, averaged: rare classes count as much as common ones. 1 is perfect.', better: 'higher', share: false }],
  ['precision_weighted', { title: 'Precision, weighted', meaning: 'Of the rows called a class, the share that are of it; common classes count more.', better: 'higher', share: true }],
  ['recall_weighted', { title: 'Recall, weighted', meaning: 'Of the rows of a class, the share that was found; common classes count more.', better: 'higher', share: true }],
  ['f1_weighted', { title: 'Weighted F1', meaning: 'Precision and recall in one number for each class, averaged; common classes count more.', better: 'higher', share: false }],
  ['mcc', { title: 'Matthews correlation', meaning: 'Agreement of prediction and truth, fair to rare classes. 0 is guessing, 1 is perfect.', better: 'higher', share: false }],
  ['cohen_kappa', { title: 'Cohen\u2019s kappa', meaning: 'Agreement beyond what chance would give. 0 is chance, 1 is perfect.', better: 'higher', share: false }],
  ['top_3_accuracy', { title: 'Top-3 accuracy', meaning: 'The share of rows whose true class is among the three most probable ones.', better: 'higher', share: true }],
  ['expected_calibration_error', { title: 'Calibration error', meaning: 'How far stated probabilities are from what happened, on average. 0 is perfect.', better: 'lower', share: true }],
  ['r2', { title: 'R\u00b2', meaning: 'The share of the target\u2019s variation that is explained. 1 is perfect, 0 is no better than the mean.', better: 'higher', share: false }],
  ['rmse', { title: 'RMSE', meaning: 'The typical size of an error, in the target\u2019s unit; large errors weigh more.', better: 'lower', share: false }],
  ['mae', { title: 'Mean absolute error', meaning: 'The mean distance from the truth, in the target\u2019s unit.', better: 'lower', share: false }],
  ['mape', { title: 'Mean percentage error', meaning: 'The mean distance from the truth, as a share of the true value.', better: 'lower', share: true }],
  ['median_absolute_error', { title: 'Median absolute error', meaning: 'Half of the errors are smaller than this, in the target\u2019s unit.', better: 'lower', share: false }],
  ['explained_variance', { title: 'Explained variance', meaning: 'As R\u00b2, but being off by the same amount everywhere is forgiven.', better: 'higher', share: false }],
  ['outlier_share', { title: 'Outliers', meaning: 'The share of rows that score above the threshold.', better: null, share: true }],
  ['mean_score', { title: 'Mean score', meaning: 'The mean of the scores: about 0.4 to 0.5 for a crowd with few outliers.', better: null, share: false }],
  ['clusters', { title: 'Clusters', meaning: 'How many groups of rows there are.', better: null, share: false }],
  ['noise_share', { title: 'Noise', meaning: 'The share of rows that belong to no cluster.', better: null, share: true }],
  ['largest_cluster_share', { title: 'Largest cluster', meaning: 'The share of rows in the largest cluster.', better: null, share: true }],
  ['silhouette', { title: 'Silhouette', meaning: 'How much nearer rows are to their own cluster than to the next: 1 is well apart, 0 is no difference, below 0 is wrong.', better: 'higher', share: false }],
  ['davies_bouldin', { title: 'Davies-Bouldin', meaning: 'How wide clusters are beside how far apart they lie.', better: 'lower', share: false }],
  ['calinski_harabasz', { title: 'Calinski-Harabasz', meaning: 'Spread between clusters over spread within them.', better: 'higher', share: false }],
  ['max_error', { title: 'Largest error', meaning: 'The largest distance from the truth of any row, in the target\u2019s unit.', better: 'lower', share: false }],
  ['roc_auc_weighted', { title: 'ROC AUC, weighted', meaning: 'As ROC AUC, with common classes counting more.', better: 'higher', share: false }],
  ['roc_auc_ovo', { title: 'ROC AUC, class against class', meaning: 'How often of two rows of two classes each is nearer to its own; the mean over the pairs of classes.', better: 'higher', share: false }],
  ['roc_auc_ovo_weighted', { title: 'ROC AUC, class against class, weighted', meaning: 'As ROC AUC, class against class, with common classes counting more.', better: 'higher', share: false }],
  ['average_precision_weighted', { title: 'Average precision, weighted', meaning: 'As average precision, with common classes counting more.', better: 'higher', share: false }],
  ['precision_micro', { title: 'Precision of all calls', meaning: 'The share of all calls that are right: where each row has one class, the accuracy.', better: 'higher', share: true }],
  ['recall_micro', { title: 'Recall of all rows', meaning: 'The share of all rows that are found: where each row has one class, the accuracy.', better: 'higher', share: true }],
  ['f1_micro', { title: 'Micro F1', meaning: 'Precision and recall of all calls in one number: where each row has one class, the accuracy.', better: 'higher', share: false }],
  ['mse', { title: 'Mean squared error', meaning: 'The mean squared distance from the truth, in the target\u2019s unit squared.', better: 'lower', share: false }],
  ['rmsle', { title: 'RMSLE', meaning: 'The typical size of an error as a factor: of the logarithms of 1 + value.', better: 'lower', share: false }],
  ['d2_absolute_error', { title: 'D\u00b2 of absolute error', meaning: 'The share of the median\u2019s absolute error that the predictions save. 1 is perfect.', better: 'higher', share: false }],
  ['poisson_deviance', { title: 'Poisson deviance', meaning: 'How far counts are from their predictions, as counts vary. 0 is perfect.', better: 'lower', share: false }],
  ['gamma_deviance', { title: 'Gamma deviance', meaning: 'How far amounts are from their predictions, where the spread grows with the amount. 0 is perfect.', better: 'lower', share: false }],
  ['tweedie_deviance', { title: 'Tweedie deviance', meaning: 'How far amounts are from their predictions, where many of them are 0. 0 is perfect.', better: 'lower', share: false }],
  ['ndcg_10', { title: 'NDCG of the first ten', meaning: 'How well the first ten places of each query are filled. 1 is the best order.', better: 'higher', share: false }],
]);

export function metricTitle(name: string): string {
  return words.get(name)?.title ?? humanize(name);
}

/** The title within a sentence: small at the beginning, but for words of capitals. */
export function metricInText(name: string): string {
  const title = metricTitle(name);
  return /^[A-Z][a-z]/.test(title) && !/^(Matthews|Cohen|Brier|Poisson|Tweedie|Davies|Calinski)/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

export function metricMeaning(name: string): string | null {
  return words.get(name)?.meaning ?? null;
}

export function metricBetter(name: string): 'higher' | 'lower' | null {
  return words.get(name)?.better ?? null;
}

export function formatMetric(name: string, value: number | null | undefined): string {
  return words.get(name)?.share ? formatShare(value) : formatNumber(value, 3);
}

const headline: Record<LearningTask, readonly string[]> = {
  binary_classification: ['accuracy', 'roc_auc', 'average_precision', 'log_loss', 'precision', 'recall', 'f1', 'balanced_accuracy'],
  multiclass_classification: ['accuracy', 'f1_macro', 'log_loss', 'roc_auc', 'balanced_accuracy', 'mcc'],
  regression: ['r2', 'rmse', 'mae', 'median_absolute_error', 'max_error'],
  clustering: ['clusters', 'silhouette', 'davies_bouldin', 'calinski_harabasz', 'largest_cluster_share', 'noise_share'],
  outlier_detection: ['outlier_share', 'roc_auc', 'average_precision', 'precision', 'recall', 'mean_score'],
};

type Metrics = Readonly<Record<string, number | null>>;

/** The metric that a list shows for a run, or null when it has none yet. */
export function mainMetric(metrics: Metrics): { name: string; value: number } | null {
  const known = new Map(Object.entries(metrics));
  for (const name of ['accuracy', 'r2', 'rmse', 'outlier_share', 'silhouette', 'clusters']) {
    const value = known.get(name);
    if (typeof value === 'number') {
      return { name, value };
    }
  }

  return null;
}

/** All metrics, the telling ones first. */
export function orderedMetrics(metrics: Metrics, task: LearningTask): { name: string; value: number | null }[] {
  const rank = (name: string) => {
    const index = headline[task].indexOf(name);
    return index < 0 ? headline[task].length : index;
  };

  return Object.entries(metrics).map(([name, value]) => ({ name, value })).sort((a, b) => rank(a.name) - rank(b.name) || a.name.localeCompare(b.name));
}

export const kindNames: Record<TargetKind, string> = {
  classification: 'A class',
  regression: 'A number',
};

export const taskNames: Record<LearningTask, string> = {
  binary_classification: 'Two classes',
  multiclass_classification: 'Several classes',
  regression: 'A number',
  outlier_detection: 'Outliers',
  clustering: 'Clusters',
};
