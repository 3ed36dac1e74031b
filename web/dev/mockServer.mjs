// A stand-in for `strata serve` with invented answers, for working on pages without the real program: `npm run mock`, then `npm run dev`.
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const port = Number(process.env.PORT ?? 5080);
const pages = fileURLToPath(new URL('../dist', import.meta.url));

let seed = 7;
const chance = () => ((seed = (seed * 16807) % 2147483647) / 2147483647);
const normal = () => Math.sqrt(-2 * Math.log(chance())) * Math.cos(2 * Math.PI * chance());
const now = () => new Date().toISOString();
let lastId = 0;
const newId = (kind) => `${kind}_${(++lastId).toString(36).padStart(4, '0')}e5`;

const measured = [
  ['koi_period', 'Orbital period', 'days', 40], ['koi_depth', 'Transit depth', 'ppm', 900], ['koi_duration', 'Transit duration', 'hours', 5], ['koi_prad', 'Planet radius', 'Earth radii', 3],
  ['koi_teq', 'Equilibrium temperature', 'K', 800], ['koi_insol', 'Insolation', 'Earth fluxes', 120], ['koi_model_snr', 'Transit signal to noise', null, 60], ['koi_impact', 'Impact parameter', null, 0.5],
  ['koi_steff', 'Star temperature', 'K', 5700], ['koi_slogg', 'Star surface gravity', 'log10(cm/s\u00b2)', 4.3], ['koi_srad', 'Star radius', 'Sun radii', 1.2], ['koi_kepmag', 'Brightness', 'mag', 14],
];
const extra = Array.from({ length: Number(process.env.WIDE ?? 0) }, (_, index) => [`gene_${index}`, `Expression of gene ${index}`, null, 1]);
const numbers = [...measured, ...extra];
const classes = ['FALSE POSITIVE', 'CONFIRMED', 'CANDIDATE'];
const binaryClasses = ['FALSE POSITIVE', 'CONFIRMED'];
const columns = [
  { name: 'kepid', type: 'int64' }, { name: 'kepoi_name', type: 'text' }, { name: 'koi_disposition', type: 'category' }, { name: 'koi_score', type: 'float64' },
  ...numbers.map(([name]) => ({ name, type: 'float64' })), { name: 'koi_tce_delivname', type: 'category' }, { name: '__proto__', type: 'int64' },
];
const rowCount = 9564;

const preset = {
  name: 'exoplanets.kepler', title: 'Kepler objects of interest', target: 'koi_disposition', classes: classes.map((name) => ({ label: name, class: name, meaning: '' })), group: 'kepid',
  drop: [{ column: 'koi_score', reason: 'computed from the disposition itself: it gives the answer away' }, { column: 'kepoi_name', reason: 'a name, given after the object was vetted' }],
  columns: numbers.map(([name, title, unit]) => ({ name, title, unit, meaning: `${title} of the object.` })),
  recommended: { gradient_boosting: { trees: 400, learning_rate: 0.03 } },
};
const algorithms = [
  {
    name: 'gradient_boosting', title: 'Gradient boosting', summary: 'Many small trees, each mending what those before it got wrong.', tasks: ['binary_classification', 'multiclass_classification', 'regression'],
    hyperparameters: [
      { name: 'trees', type: 'integer', default: 300, min: 1, max: 100000, choices: null, meaning: 'How many rounds of trees are grown.', advanced: false, log_scale: true },
      { name: 'learning_rate', type: 'number', default: 0.1, min: 1e-6, max: 1, choices: null, meaning: 'How much of each tree is believed.', advanced: false, log_scale: true },
      { name: 'leaves', type: 'integer', default: 31, min: 2, max: 65536, choices: null, meaning: 'The most leaves of a tree.', advanced: false, log_scale: true },
      { name: 'early_stopping', type: 'boolean', default: true, min: null, max: null, choices: null, meaning: 'Stop when rows kept aside are predicted no better.', advanced: false, log_scale: false },
      { name: 'minimum_leaf_weight', type: 'number', default: 0.001, min: 0, max: null, choices: null, meaning: 'The least second-order weight of a leaf.', advanced: true, log_scale: true },
      { name: 'growth', type: 'choice', default: 'best_first', min: null, max: null, choices: ['best_first', 'level_by_level'], meaning: 'Which leaf is split next.', advanced: true, log_scale: false },
    ],
  },
  { name: 'random_forest', title: 'Random forest', summary: 'Many deep trees on random parts of the table, averaged.', tasks: ['binary_classification', 'multiclass_classification', 'regression'], hyperparameters: [{ name: 'trees', type: 'integer', default: 300, min: 1, max: 100000, choices: null, meaning: 'How many trees are grown.', advanced: false, log_scale: true }] },
  { name: 'decision_tree', title: 'Decision tree', summary: 'One tree of questions, easy to read and easily misled.', tasks: ['binary_classification', 'multiclass_classification', 'regression'], hyperparameters: [] },
  { name: 'logistic_regression', title: 'Logistic regression', summary: 'A weighted sum of the columns, turned into probabilities.', tasks: ['binary_classification', 'multiclass_classification'], hyperparameters: [] },
  { name: 'ridge', title: 'Ridge regression', summary: 'A weighted sum of the columns, kept small.', tasks: ['regression'], hyperparameters: [] },
];
const sources = [
  { name: 'kepler_nasa', title: 'Kepler objects of interest', description: 'The cumulative KOI table of the NASA Exoplanet Archive.', kind: 'nasa', dataset_name: 'kepler' },
  { name: 'kepler_simulated', title: 'Simulated Kepler survey', description: 'Stars, transiting planets, eclipsing binaries and noise, made by physics and chance.', kind: 'simulated', dataset_name: 'kepler' },
  { name: 'tess_nasa', title: 'TESS objects of interest', description: 'The TOI table of the NASA Exoplanet Archive.', kind: 'nasa', dataset_name: 'tess' },
];

const cellOf = (name, row, index) => {
  if (name === 'kepid') return String(10_000_000 + row * 13);
  if (name === 'kepoi_name') return `K${String(row).padStart(5, '0')}.01`;
  if (name === 'koi_disposition') return classes[(row * 7) % 3];
  if (name === 'koi_tce_delivname') return 'q1_q17_dr25_tce';
  if (name === '__proto__') return String(row % 5);
  if ((row * 31 + index * 17) % 23 === 0) return null;
  return (Math.abs(Math.sin(row * 12.9898 + index * 78.233)) * (numbers.find(([one]) => one === name)?.[3] ?? 1) * 2).toPrecision(6);
};

const jobs = new Map();
const datasets = new Map();
const runs = new Map();
const models = new Map();
const listeners = new Map();

function job(kind, steps, done) {
  const one = { id: newId('job'), kind, status: 'queued', progress: 0, current_step: 'Waiting for a free worker', error: null, created_at: now(), started_at: null, ended_at: null, attempt: 1, result: null };
  const events = [];
  jobs.set(one.id, { view: one, events, log: [], series: new Map() });
  listeners.set(one.id, new Set());
  let step = 0;
  const timer = setInterval(() => {
    if (one.status === 'cancelled') {
      clearInterval(timer);
      return;
    }

    step++;
    if (step === 1) one.started_at = now();
    one.status = step < 3 ? 'preparing' : 'running';
    one.progress = Math.min(99, (step / steps) * 100);
    one.current_step = step < 3 ? 'Preparing columns' : `Growing tree ${step * 5} of ${steps * 5}`;
    log(one.id, one.current_step);
    if (step > 2 && kind === 'train') {
      for (const [name, floor] of [['train_log_loss', 0.25], ['watched_log_loss', 0.42], ['train_accuracy', -0.9], ['watched_accuracy', -0.81]]) {
        const value = Math.abs(floor + 0.7 * Math.exp(-step / 12) + normal() * 0.004);
        metric(one.id, name, step, value);
      }
    }

    emit(one.id, 'progress', one);
    if (step >= steps) {
      clearInterval(timer);
      one.status = 'completed';
      one.progress = 100;
      one.current_step = 'Done';
      one.ended_at = now();
      one.result = done(one);
      emit(one.id, 'status', one);
      end(one.id);
    }
  }, Number(process.env.TICK ?? 150));
  return one;
}

function emit(id, event, data) {
  const { events } = jobs.get(id);
  const text = `id: ${events.length + 1}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
  events.push(text);
  listeners.get(id).forEach((response) => response.write(text));
}

const end = (id) => listeners.get(id).forEach((response) => response.end());
function log(id, text) {
  const { log: lines } = jobs.get(id);
  const line = { number: lines.length + 1, time: now(), text };
  lines.push(line);
  emit(id, 'log', line);
}

function metric(id, name, step, value) {
  const { series } = jobs.get(id);
  series.set(name, [...(series.get(name) ?? []), [step, value]]);
  emit(id, 'metric', { name, step, value });
}

function dataset(name, origin, bytes = 3_141_592, status = 'ready') {
  const one = {
    id: newId('dataset'), name, version: 1, origin, status, error: null, content_hash: 'a3f5'.repeat(16), bytes, row_count: rowCount, column_count: columns.length, columns,
    notes: ['Skipped 53 comment lines before the header.', '2 columns are empty and hold missing values only.'], suggested_target: 'koi_disposition', preset: 'exoplanets.kepler', created_at: now(), job_id: null,
  };
  datasets.set(one.id, one);
  return one;
}

const curve = (power) => Array.from({ length: 60 }, (_, index) => index / 59).map((x) => [x, Math.min(1, x ** power)]);
function evaluation(run) {
  if (run.task === 'regression') {
    const actual = Array.from({ length: 800 }, () => 5700 + normal() * 600);
    const predicted = actual.map((value) => value * 0.85 + 855 + normal() * 180);
    return {
      task: 'regression', row_count: 1913, classes: [], metrics: { r2: 0.874, rmse: 214.2, mae: 160.1, median_absolute_error: 130, max_error: 900 }, confusion: [], per_class: [], roc_curves: [], precision_recall_curves: [], calibration: [], thresholds: [],
      residuals: { rows: actual.map((_, row) => row), actual, predicted, histogram_edges: Array.from({ length: 21 }, (_, index) => -600 + index * 60), histogram_counts: Array.from({ length: 20 }, (_, index) => Math.round(300 * Math.exp(-((index - 9.5) ** 2) / 14))) },
      notes: [], importance: importance(),
    };
  }

  const names = run.task === 'binary_classification' ? binaryClasses : classes;
  const drawn = names.length === 2 ? [names[1]] : names;
  return {
    task: run.task, row_count: 1913, classes: names, metrics: { accuracy: 0.8123, balanced_accuracy: 0.781, roc_auc: 0.934, log_loss: 0.462, f1_macro: 0.772, brier: 0.27, mcc: 0.69, cohen_kappa: 0.688, expected_calibration_error: 0.021, precision_macro: 0.78, recall_macro: 0.77 },
    confusion: names.length === 2 ? [[702, 61], [48, 511]] : [[850, 31, 87], [22, 465, 62], [95, 58, 243]],
    per_class: names.map((name, index) => ({ class: name, precision: 0.9 - index * 0.12, recall: 0.88 - index * 0.13, f1: 0.89 - index * 0.12, support: [968, 549, 396][index] })),
    roc_curves: drawn.map((name, index) => ({ class: name, false_positive_rate: curve(1).map(([x]) => x), true_positive_rate: curve(0.09 + index * 0.07).map(([, y]) => y), thresholds: curve(1).map(([x]) => 1 - x), area: 0.95 - index * 0.03 })),
    precision_recall_curves: drawn.map((name, index) => ({ class: name, recall: curve(1).map(([x]) => x), precision: curve(1).map(([x]) => 1 - x ** (6 - index * 2) * 0.7), thresholds: curve(1).map(([x]) => 1 - x), average_precision: 0.93 - index * 0.06 })),
    calibration: drawn.map((name) => ({ class: name, mean_predicted: [0.05, 0.15, 0.25, 0.35, 0.45, 0.55, 0.65, 0.75, 0.85, 0.95], observed: [0.03, 0.13, 0.27, 0.33, 0.47, 0.58, 0.63, 0.79, 0.88, 0.97], counts: [400, 200, 100, 80, 70, 60, 70, 90, 200, 500] })),
    thresholds: names.length > 2 ? [] : Array.from({ length: 101 }, (_, index) => {
      const threshold = index / 100;
      const tp = Math.round(559 * (1 - threshold ** 3));
      const fp = Math.round(763 * (1 - threshold) ** 4);
      return { threshold, tp, fp, tn: 763 - fp, fn: 559 - tp, precision: tp + fp === 0 ? 0 : tp / (tp + fp), recall: tp / 559, f1: 0, accuracy: (tp + 763 - fp) / 1322 };
    }),
    residuals: null, notes: [], importance: importance(),
  };
}

const importance = () => numbers.slice(0, 40).map(([column], index) => ({ column, mean: 0.21 * Math.exp(-index / 3), standard_deviation: 0.02 * Math.exp(-index / 4) }));

function profile(target) {
  return {
    row_count: rowCount,
    columns: columns.map((column, index) => {
      const number = column.type === 'float64' || column.type === 'int64';
      const scale = numbers.find(([name]) => name === column.name)?.[3] ?? 1;
      return {
        ...column, missing: number ? (index * 61) % 400 : 0, distinct: column.name === 'kepid' ? 8214 : number ? 9000 : column.name === 'koi_disposition' ? 3 : column.name === 'kepoi_name' ? 9564 : 1,
        quantiles: number ? [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1].map((probability) => ({ probability, value: scale * (0.1 + probability * 2) })) : null, mean: number ? scale : null, standard_deviation: number ? scale / 3 : null,
        histogram: number ? { edges: Array.from({ length: 21 }, (_, edge) => (edge * scale) / 10), counts: Array.from({ length: 20 }, (_, bin) => Math.round(900 * Math.exp(-((bin - 5 - (index % 9)) ** 2) / 18))) } : null,
        top_levels: number ? null : column.name === 'koi_disposition' ? [{ level: 'FALSE POSITIVE', count: 4839 }, { level: 'CONFIRMED', count: 2746 }, { level: 'CANDIDATE', count: 1979 }] : [{ level: 'q1_q17_dr25_tce', count: 9564 }],
        warnings: column.name === 'koi_score' && target ? [{ kind: 'predicts_target', message: `Alone predicts ${target} right for 93 % of the rows. Is it known when you will predict?` }] : column.name === 'koi_tce_delivname' ? [{ kind: 'constant', message: 'Always the same value: nothing can be learned from it.' }] : [],
      };
    }),
  };
}

function run(body) {
  const task = body.plan.target === 'koi_steff' ? 'regression' : body.name === 'Planets or not' ? 'binary_classification' : 'multiclass_classification';
  const set = datasets.get(body.dataset_id);
  const one = {
    id: newId('run'), name: body.name ?? `Gradient boosting on ${set.name}`, dataset_id: set.id, dataset_name: set.name, preset: body.preset ?? null,
    plan: { target: body.plan.target, task: task === 'regression' ? task : 'classification', positive_class: null, algorithm: body.plan.algorithm, hyperparameters: body.plan.hyperparameters ?? {}, drop: body.plan.drop ?? [], group: body.plan.group ?? null, time: null, weight: null, test_size: body.plan.test_size ?? 0.2, seed: 0, threads: null },
    metrics: {}, model_id: null, notes: [], created_at: now(),
  };
  Object.defineProperty(one, 'task', { value: task, enumerable: false });
  one.job = job('train', 60, () => {
    one.metrics = evaluation(one).metrics;
    one.notes = ['Rows of one star stay on one side: split by kepid.', '3 columns were dropped because they give the answer away.'];
    const model = {
      id: newId('model'), name: one.name, version: 1, algorithm: one.plan.algorithm, task, target: one.plan.target, classes: task === 'regression' ? [] : task === 'binary_classification' ? binaryClasses : classes,
      features: [...numbers.map(([name]) => ({ name, type: 'float64', levels: null })), { name: 'koi_tce_delivname', type: 'category', levels: ['q1_q17_dr25_tce'] }],
      metrics: one.metrics, run_id: one.id, origin: 'trained', preset: one.preset, created_at: now(), bytes: 812_345,
    };
    models.set(model.id, model);
    one.model_id = model.id;
    return { model_id: model.id, run_id: one.id };
  });
  runs.set(one.id, one);
  return one;
}

function predictions(model, rows, explain) {
  return {
    items: rows.map((values, index) => {
      const raw = normal() * 2;
      const weights = model.classes.map(() => Math.exp(normal() * 1.6));
      const sum = weights.reduce((a, b) => a + b, 0);
      const probabilities = Object.fromEntries(model.classes.map((name, place) => [name, weights[place] / sum]));
      const best = model.classes[weights.indexOf(Math.max(...weights))];
      const reasons = model.features.map((feature) => ({ column: feature.name, value: values[feature.name] === undefined || values[feature.name] === null ? null : String(values[feature.name]), contribution: normal() * 0.6 * chance() }));
      return { row: index + 1, prediction: best ?? 5700 + raw * 300, probabilities, raw_scores: [reasons.reduce((total, one) => total + one.contribution, -0.83)], reasons: explain ? reasons : null, reasons_for: explain ? (best ?? null) : null, bias: explain ? -0.83 : null };
    }),
    notes: [],
  };
}

const page = (items, query) => ({ items: [...items].reverse().slice(Number(query.get('offset') ?? 0)).slice(0, Number(query.get('count') ?? 100)), total: [...items].length });
const problem = (status, title, detail, problems = []) => ({ status, body: { title, status, detail, problems } });
const body = async (request) => {
  const pieces = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces);
};

async function answer(request, path, query) {
  const { method } = request;
  const [, , noun, id, part] = path.split('/');
  if (noun === 'health') return { body: { status: 'ok', version: '0.1.0-mock', started_at: now(), storage: 'sqlite' } };
  if (noun === 'session') return { body: { has_accounts: false, needs_set_up: false, is_logged_in: true, user: null, is_admin: true, projects: [{ id: 'default', name: 'default', role: 'admin' }], is_confirmed: true, idle_seconds: 1800, tokens: null } };
  if (noun === 'algorithms') return { body: { items: algorithms, total: algorithms.length } };
  if (noun === 'presets') return { body: { items: [preset], total: 1 } };
  if (noun === 'sources' && method === 'GET') return { body: { items: sources, total: sources.length } };
  if (noun === 'sources') {
    if (id.endsWith('nasa')) {
      const one = job('fetch', 8, () => null);
      setTimeout(() => Object.assign(one, { status: 'failed', ended_at: now(), error: 'The NASA Exoplanet Archive cannot be reached from this computer (exoplanetarchive.ipac.caltech.edu). Check the network, or make a simulated survey instead.' }), 900);
      return { status: 202, body: one };
    }

    return { status: 202, body: job('simulate', 10, () => ({ dataset_id: dataset('Simulated Kepler survey', 'simulated').id })) };
  }

  if (noun === 'datasets') {
    if (!id && method === 'GET') return { body: page(datasets.values(), query) };
    if (!id) {
      const form = (await body(request)).toString('latin1');
      const name = /filename="([^"]*)"/.exec(form)?.[1] ?? 'table.csv';
      if (name.includes('bad')) return problem(422, 'The table cannot be read', 'The file has 2 faults. Mend them and upload it again.', ['Line 7 has 12 cells but the header has 49.', 'Column \u201ckoi_period\u201d appears twice in the header.']);
      return { status: 201, body: dataset(name, 'upload', form.length) };
    }

    const set = datasets.get(id);
    if (!set) return problem(404, 'No such dataset', `There is no dataset ${id}. It may have been deleted.`);
    if (part === 'rows') {
      const offset = Number(query.get('offset'));
      return { body: { columns: columns.map(({ name }) => name), row_count: rowCount, rows: Array.from({ length: Math.min(Number(query.get('count')), rowCount - offset) }, (_, row) => columns.map(({ name }, index) => cellOf(name, offset + row, index))) } };
    }

    if (part === 'profile') return { body: profile(query.get('target')) };
    if (part === 'types') return { status: 201, body: Object.assign(dataset(set.name, set.origin), { version: set.version + 1 }) };
    if (method === 'DELETE') {
      datasets.delete(id);
      return { status: 204 };
    }

    return { body: set };
  }

  if (noun === 'runs') {
    if (!id && method === 'GET') return { body: page(runs.values(), query) };
    if (!id) return { status: 202, body: run(JSON.parse((await body(request)).toString())) };
    const one = runs.get(id);
    if (!one) return problem(404, 'No such run', `There is no run ${id}.`);
    if (part === 'metrics') return { body: { series: [...jobs.get(one.job.id).series].map(([name, points]) => ({ name, points })) } };
    if (part === 'evaluation') return { body: evaluation(one) };
    if (part === 'artifacts') return { body: { items: [{ name: 'evaluation.json', bytes: 48_123 }, { name: 'model.strata', bytes: 812_345 }], total: 2 } };
    if (part === 'rows') {
      const names = columns.map(({ name }) => name);
      const offset = Number(query.get('offset'));
      const total = 1913;
      return {
        body: {
          columns: names, total,
          items: Array.from({ length: Math.min(Number(query.get('count')), total - offset) }, (_, index) => {
            const row = (offset + index) * 5 + 3;
            const truth = classes[(row * 7) % 3];
            const wrong = query.get('order') === 'worst' ? offset + index < 355 : row % 5 === 0;
            const prediction = wrong ? classes[(row * 7 + 1) % 3] : truth;
            return { row, values: names.map((name, place) => cellOf(name, row, place)), truth, prediction, probabilities: classes.map((name) => (name === prediction ? 0.8 : 0.1)), loss: wrong ? 2.3 : 0.22 };
          }),
        },
      };
    }

    return { body: one };
  }

  if (noun === 'jobs') {
    if (!id) return { body: page([...jobs.values()].map(({ view }) => view), query) };
    const one = jobs.get(id);
    if (!one) return problem(404, 'No such job', `There is no job ${id}.`);
    if (part === 'log') return { body: { lines: one.log.slice(Number(query.get('after'))), next: one.log.length } };
    if (part === 'cancel') {
      Object.assign(one.view, { status: 'cancelled', ended_at: now(), current_step: 'Cancelled' });
      emit(id, 'status', one.view);
      end(id);
      return { status: 202, body: one.view };
    }

    return { body: one.view };
  }

  if (noun === 'models') {
    if (!id) return { body: page(models.values(), query) };
    const one = models.get(id);
    if (!one) return problem(404, 'No such model', `There is no model ${id}.`);
    if (part === 'predictions') {
      const text = (await body(request)).toString();
      const { rows, explain } = text.startsWith('{') ? JSON.parse(text) : { rows: text.split('\n').slice(13, -2).map(() => ({})), explain: false };
      return { body: predictions(one, rows, explain) };
    }

    if (method === 'DELETE') {
      models.delete(id);
      return { status: 204 };
    }

    return { body: one };
  }

  return problem(404, 'No such address', path);
}

const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };
function file(path) {
  for (const name of [path, '/index.html']) {
    try {
      return { type: types[extname(name)] ?? 'application/octet-stream', content: readFileSync(join(pages, name)) };
    } catch {
      // The next one.
    }
  }

  return { type: 'text/plain', content: 'Run npm run build first, or use npm run dev.' };
}

const policy = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  if (!pathname.startsWith('/api/')) {
    const { type, content } = file(pathname);
    response.writeHead(200, { 'Content-Type': type, 'Content-Security-Policy': policy }).end(content);
    return;
  }

  const stream = /^\/api\/jobs\/([^/]+)\/events$/.exec(pathname);
  if (stream && jobs.has(stream[1])) {
    const { view, events } = jobs.get(stream[1]);
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    events.slice(Number(request.headers['last-event-id'] ?? 0)).forEach((event) => response.write(event));
    if (['completed', 'failed', 'cancelled'].includes(view.status)) {
      response.end(`event: status\ndata: ${JSON.stringify(view)}\n\n`);
    } else {
      listeners.get(stream[1]).add(response);
      request.on('close', () => listeners.get(stream[1]).delete(response));
    }

    return;
  }

  void answer(request, pathname, searchParams).then(({ status = 200, body: content }) => {
    response.writeHead(status, { 'Content-Type': status >= 400 ? 'application/problem+json' : 'application/json' });
    response.end(content === undefined ? '' : JSON.stringify(content));
  });
}).listen(port, '127.0.0.1', () => console.log(`Listening on http://127.0.0.1:${port}`));

if (process.env.FILLED) {
  const set = dataset('koi_cumulative.csv', 'nasa');
  dataset('Simulated Kepler survey', 'simulated');
  run({ dataset_id: set.id, preset: preset.name, plan: { target: 'koi_disposition', algorithm: 'gradient_boosting', drop: ['koi_score'], group: 'kepid' } });
  run({ dataset_id: set.id, name: 'Planets or not', plan: { target: 'koi_disposition', task: 'binary_classification', algorithm: 'random_forest', hyperparameters: { trees: 500 } } });
  run({ dataset_id: set.id, name: 'Star temperature', plan: { target: 'koi_steff', task: 'regression', algorithm: 'ridge' } });
}
