BEGIN TRANSACTION;
CREATE TABLE artifacts (
    owner text not null,
    name text not null,
    hash text not null,
    bytes bigint not null,
    primary key (owner, name));
INSERT INTO "artifacts" VALUES('61h5s7de7nwvs1dq80yn856by0','evaluation.json','b2d8bfe53c9a63ac7a9ff4a3a155b8f563c94b9200241d05028401f2f5735e7c',11925);
INSERT INTO "artifacts" VALUES('61h5s7de7nwvs1dq80yn856by0','model.strata','094ca695bf2a2d3b08392f90e3ab57a5fa467b5c1015a0e90276d8018f08c6e9',115735);
INSERT INTO "artifacts" VALUES('61h5s7de7nwvs1dq80yn856by0','rows.frame','88337607f0fee9c7ddf1187fee76dc5f8be0f78aa55f95860aab35728921bcdd',7414);
INSERT INTO "artifacts" VALUES('61h5s7de7nwvs1dq80yn856by0','worst_rows.frame','00f969d7e40e63c35a259ce87daea56c9d335e34dc829e3299764b034e69ef0c',7414);
CREATE TABLE comparisons (
    sequence integer primary key,
    id text not null unique,
    name text not null,
    dataset_id text not null,
    dataset_name text not null,
    preset text,
    plan text not null,
    job_id text not null,
    best text,
    created_at bigint not null);
CREATE TABLE dataset_profiles (
    dataset_id text not null,
    target text not null,
    hash text not null,
    primary key (dataset_id, target));
INSERT INTO "dataset_profiles" VALUES('78z61a95gv82w7x6hfsmwemts9','label','41f5615070c7bf7d23cd3764dea818d8de0c828cf37c60589480e7527225237c');
INSERT INTO "dataset_profiles" VALUES('0bs1h3wx6mqgmwdtmgf6sr9x0k','label','bbe1642275f48c1e0f32f426244023237c2b612c111b2c4c1136327d08676525');
CREATE TABLE datasets (
    sequence integer primary key,
    id text not null unique,
    name text not null,
    version integer not null,
    origin text not null,
    status text not null,
    error text,
    content_hash text not null,
    file_name text not null,
    bytes bigint not null,
    types text not null,
    original_blob text not null,
    frame_blob text,
    profile_blob text,
    row_count bigint not null default 0,
    column_count bigint not null default 0,
    columns text not null,
    notes text not null,
    suggested_target text,
    preset text,
    job_id text,
    created_at bigint not null, layout text not null default '{}',
    unique (name, version));
INSERT INTO "datasets" VALUES(1,'78z61a95gv82w7x6hfsmwemts9','GunPoint_TRAIN',1,'upload','ready',NULL,'767c5806b52316bdbed31da6f3b4ea4acef0db7979b58249917ea41c9a6edf1a','GunPoint_TRAIN.tsv',83332,'{}','4d14e4f44a6230087cb4b4ed7844c8b0feb76f07a76108cc367d689e0de8f609','aaa093e89c0f6c4055465b38c0d4801124131e902aa15bf8b3988b9306a2da53','eacbfeb6a99aa481a6c71e531fc40e3a39dca4bc68be17a42d709d19949aeb3c',50,2,'[{"name":"label","type":"category"},{"name":"series","type":"series"}]','["The first line is all numbers and was read as a row: the table has no header.","The table has no header, a whole number in front and numbers behind it: read as \u0027label\u0027 and one \u0027series\u0027 of 150 steps a row, as series archives write them."]','label',NULL,'155pcfnjfq5kd4cxf5v5tvha2p',1795272549306,'{}');
INSERT INTO "datasets" VALUES(2,'0bs1h3wx6mqgmwdtmgf6sr9x0k','BasicMotions_TRAIN',1,'upload','ready',NULL,'e6521b9778ba5eb8379c73e6f6f3937dfa76169e10950d4df903f64966247182','BasicMotions_TRAIN.ts',227790,'{}','8dc43cc6306cb679c888c01e26f91772ac4441a916da43bac8b79734a538b9d6','9644630a6c4584f549e9c58866620944bc4bd5747b1b40bf007885f8197f29a9','4276ab3712dc61c08b684b2bc67a81d0e10d81084ee837042ddfd545a9d317c1',40,2,'[{"name":"series","type":"series"},{"name":"label","type":"category"}]','[]','label',NULL,'22hj9scm5wt62k4xbqc3h4gw9n',1795272549944,'{}');
CREATE TABLE job_inputs (
    job_id text not null,
    name text not null,
    hash text not null,
    primary key (job_id, name));
INSERT INTO "job_inputs" VALUES('155pcfnjfq5kd4cxf5v5tvha2p','original','4d14e4f44a6230087cb4b4ed7844c8b0feb76f07a76108cc367d689e0de8f609');
INSERT INTO "job_inputs" VALUES('22hj9scm5wt62k4xbqc3h4gw9n','original','8dc43cc6306cb679c888c01e26f91772ac4441a916da43bac8b79734a538b9d6');
INSERT INTO "job_inputs" VALUES('429d504sytkzy6wawc91qh2tj7','table','aaa093e89c0f6c4055465b38c0d4801124131e902aa15bf8b3988b9306a2da53');
CREATE TABLE job_log (
    job_id text not null,
    number bigint not null,
    time bigint not null,
    text text not null,
    primary key (job_id, number)) without rowid;
INSERT INTO "job_log" VALUES('155pcfnjfq5kd4cxf5v5tvha2p',1,1795272549677,'The first line is all numbers and was read as a row: the table has no header.');
INSERT INTO "job_log" VALUES('155pcfnjfq5kd4cxf5v5tvha2p',2,1795272549677,'The table has no header, a whole number in front and numbers behind it: read as ''label'' and one ''series'' of 150 steps a row, as series archives write them.');
INSERT INTO "job_log" VALUES('429d504sytkzy6wawc91qh2tj7',1,1795272556455,'50 rows, 2 columns; target ''label'', algorithm minirocket, seed 0, 2 threads.');
INSERT INTO "job_log" VALUES('429d504sytkzy6wawc91qh2tj7',2,1795272556797,'Fitted on 40 rows in 0.11 s. Tested on 10 of 50 rows (20%), at random with the shares of classes kept.');
CREATE TABLE jobs (
    sequence integer primary key,
    id text not null unique,
    kind text not null,
    payload text not null,
    owner text not null,
    status text not null,
    progress double precision not null default 0,
    current_step text,
    error text,
    result text,
    created_at bigint not null,
    started_at bigint,
    ended_at bigint,
    attempt integer not null default 0,
    crashes integer not null default 0,
    not_before bigint,
    cancel_requested integer not null default 0,
    time_limit_ms bigint not null,
    ingested_bytes bigint not null default 0,
    log_count bigint not null default 0);
INSERT INTO "jobs" VALUES(1,'155pcfnjfq5kd4cxf5v5tvha2p','read_dataset','{"dataset_id":"78z61a95gv82w7x6hfsmwemts9","file_name":"GunPoint_TRAIN.tsv","types":{},"layout":{}}','155pcfnjfq5kd4cxf5v5tvha2p','completed',100.0,'Profiling the columns',NULL,'{"dataset_id":"78z61a95gv82w7x6hfsmwemts9","row_count":50,"column_count":2}',1795272549312,1795272549645,1795272549892,1,0,NULL,0,86400000,691,2);
INSERT INTO "jobs" VALUES(2,'22hj9scm5wt62k4xbqc3h4gw9n','read_dataset','{"dataset_id":"0bs1h3wx6mqgmwdtmgf6sr9x0k","file_name":"BasicMotions_TRAIN.ts","types":{},"layout":{}}','22hj9scm5wt62k4xbqc3h4gw9n','completed',100.0,'Profiling the columns',NULL,'{"dataset_id":"0bs1h3wx6mqgmwdtmgf6sr9x0k","row_count":40,"column_count":2}',1795272549944,1795272550213,1795272550324,1,0,NULL,0,86400000,233,0);
INSERT INTO "jobs" VALUES(3,'429d504sytkzy6wawc91qh2tj7','train','{"run_id":"61h5s7de7nwvs1dq80yn856by0","name":"minirocket for label","plan":{"target":"label","algorithm":"minirocket","hyperparameters":{},"drop":[],"test_size":0.2,"seed":0,"metrics":[]},"preset":null}','61h5s7de7nwvs1dq80yn856by0','completed',100.0,'Writing the results',NULL,'{"algorithm":"minirocket","metrics":{"accuracy":1,"balanced_accuracy":1,"roc_auc":1,"average_precision":1,"log_loss":0.05492603976041941,"brier":0.0038198544586905275,"precision":1,"recall":1,"f1":1,"precision_macro":1,"recall_macro":1,"f1_macro":1,"precision_weighted":1,"recall_weighted":1,"f1_weighted":1,"mcc":1,"cohen_kappa":1,"expected_calibration_error":0.05290424926235162},"training_rows":40,"test_rows":10,"split":"Tested on 10 of 50 rows (20%), at random with the shares of classes kept.","fit_seconds":0.1138781,"leak_audit":[],"notes":["Tested on 10 of 50 rows (20%), at random with the shares of classes kept."],"run_id":"61h5s7de7nwvs1dq80yn856by0","model_id":"4hsth59rqrfy9q592k8mv5vhhv"}',1795272556046,1795272556346,1795272557109,1,0,NULL,0,86400000,937,2);
CREATE TABLE metric_points (
    series bigint not null,
    step bigint not null,
    value double precision,
    primary key (series, step)) without rowid;
INSERT INTO "metric_points" VALUES(1,0,1.21369217701317241853e-02);
INSERT INTO "metric_points" VALUES(2,0,5.49260397604194108844e-02);
CREATE TABLE metric_series (
    sequence integer primary key,
    owner text not null,
    name text not null,
    unique (owner, name));
INSERT INTO "metric_series" VALUES(1,'61h5s7de7nwvs1dq80yn856by0','train_log_loss');
INSERT INTO "metric_series" VALUES(2,'61h5s7de7nwvs1dq80yn856by0','watched_log_loss');
CREATE TABLE models (
    sequence integer primary key,
    id text not null unique,
    name text not null,
    version integer not null,
    origin text not null,
    algorithm text not null,
    task text not null,
    target text not null,
    classes text not null,
    features text not null,
    metrics text not null,
    run_id text,
    preset text,
    hash text not null,
    bytes bigint not null,
    created_at bigint not null,
    unique (name, version));
INSERT INTO "models" VALUES(1,'6s6m942pf89zz6daa27d23mn3s','exoplanets_universal',1,'pretrained','gradient_boosting','binary_classification','disposition','["FALSE POSITIVE","PLANET"]','[{"name":"log_period","type":"float64"},{"name":"log_duration","type":"float64"},{"name":"log_depth","type":"float64"},{"name":"log_planet_radius","type":"float64"},{"name":"impact","type":"float64"},{"name":"log_snr","type":"float64"},{"name":"stellar_temperature","type":"float64"},{"name":"surface_gravity","type":"float64"},{"name":"log_stellar_radius","type":"float64"},{"name":"log_stellar_density","type":"float64"},{"name":"magnitude","type":"float64"},{"name":"log_distance","type":"float64"},{"name":"log_insolation","type":"float64"},{"name":"log_duration_ratio","type":"float64"},{"name":"log_depth_ratio","type":"float64"},{"name":"log_period_error","type":"float64"},{"name":"log_duration_error","type":"float64"},{"name":"log_depth_error","type":"float64"},{"name":"log_radius_error","type":"float64"},{"name":"temperature_error","type":"float64"},{"name":"gravity_error","type":"float64"},{"name":"log_stellar_radius_error","type":"float64"},{"name":"log_proper_motion","type":"float64"},{"name":"galactic_latitude","type":"float64"},{"name":"objects_of_star","type":"float64"}]','{"accuracy":0.9321,"balanced_accuracy":0.931,"f1_macro":0.9304,"log_loss":0.1702,"roc_auc":0.9818,"expected_calibration_error":0.0095,"kepler.accuracy":0.9461,"kepler.balanced_accuracy":0.9424,"kepler.f1_macro":0.9417,"kepler.log_loss":0.138,"kepler.roc_auc":0.9871,"kepler.expected_calibration_error":0.0104,"kepler_never_seen.accuracy":0.8762,"kepler_never_seen.balanced_accuracy":0.8907,"kepler_never_seen.f1_macro":0.8714,"kepler_never_seen.log_loss":0.2873,"kepler_never_seen.roc_auc":0.9659,"kepler_never_seen.expected_calibration_error":0.0105,"tess.accuracy":0.8767,"tess.balanced_accuracy":0.8767,"tess.f1_macro":0.8767,"tess.log_loss":0.2916,"tess.roc_auc":0.9484,"tess.expected_calibration_error":0.0085,"tess_never_seen.accuracy":0.7463,"tess_never_seen.balanced_accuracy":0.7444,"tess_never_seen.f1_macro":0.7377,"tess_never_seen.log_loss":0.5436,"tess_never_seen.roc_auc":0.875,"tess_never_seen.expected_calibration_error":0.0874,"k2.accuracy":0.9759,"k2.balanced_accuracy":0.9657,"k2.f1_macro":0.971,"k2.log_loss":0.0902,"k2.roc_auc":0.99,"k2.expected_calibration_error":0.0157,"k2_never_seen.accuracy":0.3614,"k2_never_seen.balanced_accuracy":0.5431,"k2_never_seen.f1_macro":0.3221,"k2_never_seen.log_loss":1.4618,"k2_never_seen.roc_auc":0.98,"k2_never_seen.expected_calibration_error":0.5204}',NULL,NULL,'6556009da72909a39193bcf48169e4a1a69198b5d31a5a3174fd679bb1407e72',226100,1795272544459);
INSERT INTO "models" VALUES(2,'084rwwty9zdzr45sbrq70gkkmx','exoplanets_kepler',1,'pretrained','gradient_boosting','multiclass_classification','koi_disposition','["CANDIDATE","CONFIRMED","FALSE POSITIVE"]','[{"name":"log_period","type":"float64"},{"name":"log_duration","type":"float64"},{"name":"log_depth","type":"float64"},{"name":"log_planet_radius","type":"float64"},{"name":"impact","type":"float64"},{"name":"log_snr","type":"float64"},{"name":"stellar_temperature","type":"float64"},{"name":"surface_gravity","type":"float64"},{"name":"log_stellar_radius","type":"float64"},{"name":"log_stellar_density","type":"float64"},{"name":"magnitude","type":"float64"},{"name":"log_distance","type":"float64"},{"name":"log_insolation","type":"float64"},{"name":"log_duration_ratio","type":"float64"},{"name":"log_depth_ratio","type":"float64"},{"name":"log_period_error","type":"float64"},{"name":"log_duration_error","type":"float64"},{"name":"log_depth_error","type":"float64"},{"name":"log_radius_error","type":"float64"},{"name":"temperature_error","type":"float64"},{"name":"gravity_error","type":"float64"},{"name":"log_stellar_radius_error","type":"float64"},{"name":"log_proper_motion","type":"float64"},{"name":"galactic_latitude","type":"float64"},{"name":"objects_of_star","type":"float64"}]','{"accuracy":0.8035,"balanced_accuracy":0.7564,"f1_macro":0.7603,"log_loss":0.4585,"roc_auc":0.9261,"expected_calibration_error":0.0077}',NULL,NULL,'5650d93e8bc2784f45c0a22deb2959d1ca8189d84d1fb02aeb5e704b69855a6c',418511,1795272544478);
INSERT INTO "models" VALUES(3,'4p83hqk7kgqtwhky7a94cc3smy','exoplanets_tess',1,'pretrained','gradient_boosting','binary_classification','tfopwg_disp','["FALSE POSITIVE","PLANET"]','[{"name":"log_period","type":"float64"},{"name":"log_duration","type":"float64"},{"name":"log_depth","type":"float64"},{"name":"log_planet_radius","type":"float64"},{"name":"impact","type":"float64"},{"name":"log_snr","type":"float64"},{"name":"stellar_temperature","type":"float64"},{"name":"surface_gravity","type":"float64"},{"name":"log_stellar_radius","type":"float64"},{"name":"log_stellar_density","type":"float64"},{"name":"magnitude","type":"float64"},{"name":"log_distance","type":"float64"},{"name":"log_insolation","type":"float64"},{"name":"log_duration_ratio","type":"float64"},{"name":"log_depth_ratio","type":"float64"},{"name":"log_period_error","type":"float64"},{"name":"log_duration_error","type":"float64"},{"name":"log_depth_error","type":"float64"},{"name":"log_radius_error","type":"float64"},{"name":"temperature_error","type":"float64"},{"name":"gravity_error","type":"float64"},{"name":"log_stellar_radius_error","type":"float64"},{"name":"log_proper_motion","type":"float64"},{"name":"galactic_latitude","type":"float64"},{"name":"objects_of_star","type":"float64"}]','{"accuracy":0.8868,"balanced_accuracy":0.8869,"f1_macro":0.8868,"log_loss":0.2722,"roc_auc":0.9553,"expected_calibration_error":0.0119}',NULL,NULL,'98a19f1b27c4bf48ed7bcea3a941d143ec9ea7fb1e67fa0a76b475158f57ff5d',221423,1795272544481);
INSERT INTO "models" VALUES(4,'6ch4z77xzf9qby673v7fszrzyv','exoplanets_k2',1,'pretrained','gradient_boosting','multiclass_classification','disposition','["CANDIDATE","CONFIRMED","FALSE POSITIVE"]','[{"name":"log_period","type":"float64"},{"name":"log_duration","type":"float64"},{"name":"log_depth","type":"float64"},{"name":"log_planet_radius","type":"float64"},{"name":"impact","type":"float64"},{"name":"log_snr","type":"float64"},{"name":"stellar_temperature","type":"float64"},{"name":"surface_gravity","type":"float64"},{"name":"log_stellar_radius","type":"float64"},{"name":"log_stellar_density","type":"float64"},{"name":"magnitude","type":"float64"},{"name":"log_distance","type":"float64"},{"name":"log_insolation","type":"float64"},{"name":"log_duration_ratio","type":"float64"},{"name":"log_depth_ratio","type":"float64"},{"name":"log_period_error","type":"float64"},{"name":"log_duration_error","type":"float64"},{"name":"log_depth_error","type":"float64"},{"name":"log_radius_error","type":"float64"},{"name":"temperature_error","type":"float64"},{"name":"gravity_error","type":"float64"},{"name":"log_stellar_radius_error","type":"float64"},{"name":"log_proper_motion","type":"float64"},{"name":"galactic_latitude","type":"float64"},{"name":"objects_of_star","type":"float64"}]','{"accuracy":0.8771,"balanced_accuracy":0.8439,"f1_macro":0.854,"log_loss":0.3241,"roc_auc":0.961,"expected_calibration_error":0.017}',NULL,NULL,'906f048521d027c08b3d8f7fd7eb2f4b1a46cc1c6e31e7e1a655e05dabb86681',401402,1795272544486);
INSERT INTO "models" VALUES(5,'4hsth59rqrfy9q592k8mv5vhhv','minirocket for label',1,'trained','minirocket','binary_classification','label','["1","2"]','[{"name":"series","type":"series","levels":["value"]}]','{"accuracy":1,"balanced_accuracy":1,"roc_auc":1,"average_precision":1,"log_loss":0.05492603976041941,"brier":0.0038198544586905275,"precision":1,"recall":1,"f1":1,"precision_macro":1,"recall_macro":1,"f1_macro":1,"precision_weighted":1,"recall_weighted":1,"f1_weighted":1,"mcc":1,"cohen_kappa":1,"expected_calibration_error":0.05290424926235162}','61h5s7de7nwvs1dq80yn856by0',NULL,'094ca695bf2a2d3b08392f90e3ab57a5fa467b5c1015a0e90276d8018f08c6e9',115735,1795272557109);
CREATE TABLE runs (
    sequence integer primary key,
    id text not null unique,
    name text not null,
    dataset_id text,
    dataset_name text,
    preset text,
    plan text not null,
    job_id text not null,
    parameters text not null,
    tags text not null,
    metrics text not null,
    model_id text,
    notes text not null,
    created_at bigint not null);
INSERT INTO "runs" VALUES(1,'61h5s7de7nwvs1dq80yn856by0','minirocket for label','78z61a95gv82w7x6hfsmwemts9','GunPoint_TRAIN',NULL,'{"target":"label","algorithm":"minirocket","hyperparameters":{},"drop":[],"test_size":0.2,"seed":0,"metrics":[]}','429d504sytkzy6wawc91qh2tj7','{}','{}','{"accuracy":1,"balanced_accuracy":1,"roc_auc":1,"average_precision":1,"log_loss":0.05492603976041941,"brier":0.0038198544586905275,"precision":1,"recall":1,"f1":1,"precision_macro":1,"recall_macro":1,"f1_macro":1,"precision_weighted":1,"recall_weighted":1,"f1_weighted":1,"mcc":1,"cohen_kappa":1,"expected_calibration_error":0.05290424926235162}','4hsth59rqrfy9q592k8mv5vhhv','["Tested on 10 of 50 rows (20%), at random with the shares of classes kept."]',1795272556047);
CREATE TABLE schema_migrations (number integer primary key, name text not null, applied_at bigint not null);
INSERT INTO "schema_migrations" VALUES(1,'first light',1795272544171);
INSERT INTO "schema_migrations" VALUES(2,'comparisons',1795272544198);
INSERT INTO "schema_migrations" VALUES(3,'layouts of datasets',1795272544199);
CREATE TABLE uses (
    subject text not null,
    job_id text not null,
    primary key (subject, job_id));
CREATE INDEX uses_by_job on uses (job_id);
CREATE INDEX datasets_by_content on datasets (content_hash);
CREATE INDEX runs_by_job on runs (job_id);
CREATE INDEX artifacts_by_hash on artifacts (hash);
CREATE INDEX jobs_by_status on jobs (status, sequence);
CREATE INDEX job_inputs_by_hash on job_inputs (hash);
CREATE VIEW blob_references (hash) as
    select original_blob from datasets
    union all select frame_blob from datasets
    union all select profile_blob from datasets
    union all select hash from dataset_profiles
    union all select hash from artifacts
    union all select hash from models
    union all select hash from job_inputs join jobs on jobs.id = job_inputs.job_id where jobs.ended_at is null;
COMMIT;
