BEGIN TRANSACTION;
CREATE TABLE ab_tests (
    sequence integer primary key,
    id text not null unique,
    name text not null unique,
    project text not null default 'default',
    plan text not null,
    status text not null,
    started_at bigint not null,
    ended_at bigint,
    result text);
CREATE TABLE account_keys (name text primary key, value text not null);
CREATE TABLE api_tokens (
    sequence integer primary key,
    id text not null unique,
    prefix text not null unique,
    hash text not null,
    user_id text not null,
    name text not null,
    scope text not null,
    project text,
    created_at bigint not null,
    expires_at bigint not null,
    last_used_at bigint,
    revoked_at bigint);
CREATE TABLE artifacts (
    owner text not null,
    name text not null,
    hash text not null,
    bytes bigint not null,
    primary key (owner, name));
INSERT INTO "artifacts" VALUES('13c3kqfdbtfz4x7x7y9mscyjkw','evaluation.json','6b8fc037edbd74b2e3c3c4c25dec94134852c58f73076c20e978a385bfba7c13',18612);
INSERT INTO "artifacts" VALUES('13c3kqfdbtfz4x7x7y9mscyjkw','model.strata','562f6ad50610e89f0457a22f093d06daf65a4c9c0ec3148ad6725dbb14b888b1',7505);
INSERT INTO "artifacts" VALUES('13c3kqfdbtfz4x7x7y9mscyjkw','rows.frame','93c4411bb771435397810bce0a72f6e87c7e1b328a8459c30690fe48f61b8a63',2988);
INSERT INTO "artifacts" VALUES('13c3kqfdbtfz4x7x7y9mscyjkw','worst_rows.frame','0450919a591d8cc24b6dbf780f8c1a0e5fa60db7da30a0539450d41bf92d3c3e',2988);
INSERT INTO "artifacts" VALUES('2yeergjsntpp8zhywg713867ya','comparison.json','f2d93cd244fd10124046d1f0a2100045d68122ef9c6a2a2204e6cf1b1b8a9d06',5811);
CREATE TABLE audit_log (
    number bigint primary key,
    time bigint not null,
    actor_id text,
    actor text not null,
    action text not null,
    subject text not null,
    detail text not null,
    address text,
    previous_hash text not null,
    hash text not null);
INSERT INTO "audit_log" VALUES(1,1795290935834,NULL,'local owner','upload_dataset','datasets/384dk31cgcb8x9gh79seymnth1','','127.0.0.1','0000000000000000000000000000000000000000000000000000000000000000','eaffa4690166f269635944ea8fb48c4ed4f166c9899dc0cb0ca3bffc17c927b3');
INSERT INTO "audit_log" VALUES(2,1795290937254,NULL,'local owner','start_run','runs/13c3kqfdbtfz4x7x7y9mscyjkw','','127.0.0.1','eaffa4690166f269635944ea8fb48c4ed4f166c9899dc0cb0ca3bffc17c927b3','4d1ff7a2db4cbf74eb021bdd8efb3bef30702751f842ef45566615095314b40e');
INSERT INTO "audit_log" VALUES(3,1795290937570,NULL,'local owner','start_comparison','comparisons/2yeergjsntpp8zhywg713867ya','','127.0.0.1','4d1ff7a2db4cbf74eb021bdd8efb3bef30702751f842ef45566615095314b40e','f29015c7a8a02006a1ed423f0d7f3f3b2a4ca0c4eb523135278fcbcaa193374a');
INSERT INTO "audit_log" VALUES(4,1795290964054,NULL,'local owner','create_deployment','deployments/planets','','127.0.0.1','f29015c7a8a02006a1ed423f0d7f3f3b2a4ca0c4eb523135278fcbcaa193374a','27b8048818279c8551a683dd06cf930803917711dfb31099e1fad41aa8dbd610');
INSERT INTO "audit_log" VALUES(5,1795290965964,NULL,'local owner','POST','2.0/mlflow/experiments/create','','127.0.0.1','27b8048818279c8551a683dd06cf930803917711dfb31099e1fad41aa8dbd610','72692b6b8c380e523515757be12960776d3671a2156af9ddf9d14c5958193bb9');
INSERT INTO "audit_log" VALUES(6,1795290966586,NULL,'local owner','POST','2.0/mlflow/runs/create','','127.0.0.1','72692b6b8c380e523515757be12960776d3671a2156af9ddf9d14c5958193bb9','0a50711e7f7a69304553044d40c344c0c919e017a0891645dfac66590883651f');
INSERT INTO "audit_log" VALUES(7,1795290967190,NULL,'local owner','POST','2.0/mlflow/registered-models/create','','127.0.0.1','0a50711e7f7a69304553044d40c344c0c919e017a0891645dfac66590883651f','30d2bbb83625af7f98296f4a94913e130f645081b7e3377da29b6388eedc6966');
INSERT INTO "audit_log" VALUES(8,1795290967424,NULL,'local owner','POST','2.0/mlflow/model-versions/create','','127.0.0.1','30d2bbb83625af7f98296f4a94913e130f645081b7e3377da29b6388eedc6966','ee64fdfc547f06e26b9d8944028c3474223ff0e20e3b496f45295d518dc620fe');
INSERT INTO "audit_log" VALUES(9,1795291014739,NULL,'local owner','create_user','user/0zsw9h8d4d5qpp9hfprdyhetq9','founder, administrator','127.0.0.1','ee64fdfc547f06e26b9d8944028c3474223ff0e20e3b496f45295d518dc620fe','776efd7f7ee297d65b8679e1b4103dc50361b5b967f2b85cd068701493b4afcf');
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
    created_at bigint not null, project text not null default 'default');
INSERT INTO "comparisons" VALUES(1,'2yeergjsntpp8zhywg713867ya','Algorithms for kind','384dk31cgcb8x9gh79seymnth1','rows',NULL,'{"plan":{"target":"kind","algorithm":"gradient_boosting","hyperparameters":{},"drop":[],"test_size":0.2,"seed":0,"metrics":[]},"algorithms":["decision_tree"],"folds":2}','30x3vf1p3a19f4qh6agq353pcs','decision_tree',1795290937467,'default');
CREATE TABLE dataset_profiles (
    dataset_id text not null,
    target text not null,
    hash text not null,
    primary key (dataset_id, target));
CREATE TABLE "datasets" (
    sequence integer primary key,
    id text not null unique,
    project text not null default 'default',
    name text not null,
    version integer not null,
    origin text not null,
    status text not null,
    error text,
    content_hash text not null,
    file_name text not null,
    bytes bigint not null,
    types text not null,
    layout text not null default '{}',
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
    created_at bigint not null,
    unique (project, name, version));
INSERT INTO "datasets" VALUES(1,'384dk31cgcb8x9gh79seymnth1','default','rows',1,'upload','ready',NULL,'14ed2e6d7a4ac3a6a0d3b76a5cbaad2a6a82b8948f8da53392687279f0e1a281','rows.csv',3078,'{}','{}','46b9ecac488da29fa0ad0a13cbe3e9d8f00cf1b8f8b5bdd563d13b07ca7cc0b9','b592d974a41c63a4d34d0a0885caee224f58faed099e5df7fbc02f0b4603a974','5e23c16fd8917e493055992d136e25acd238556fe354524b91f5d82b557734e3',120,4,'[{"name":"depth","type":"float64"},{"name":"period","type":"float64"},{"name":"star","type":"category"},{"name":"kind","type":"category"}]','[]','kind',NULL,'2afy29efbnmq1d22yamfkqeqth',1795290933374);
CREATE TABLE deployment_revisions (
    sequence integer primary key,
    deployment_id text not null,
    number integer not null,
    plan text not null,
    change text not null,
    note text,
    author text,
    at bigint not null,
    unique (deployment_id, number));
INSERT INTO "deployment_revisions" VALUES(1,'1hrjtfeyvea5za9hg2z801ta52',1,'{"models":[{"model_id":"4wvk5x687wr1hxm38sv4t7sarp","weight":1,"is_shadow":false}],"log_share":1}','created',NULL,'local owner',1795290963703);
CREATE TABLE deployment_traffic (
    deployment_id text not null,
    minute bigint not null,
    model_id text not null,
    server text not null,
    answered bigint not null,
    row_count bigint not null,
    refused bigint not null,
    failed bigint not null,
    latency text not null,
    primary key (deployment_id, minute, model_id, server)) without rowid;
INSERT INTO "deployment_traffic" VALUES('1hrjtfeyvea5za9hg2z801ta52',1795290960000,'4wvk5x687wr1hxm38sv4t7sarp','4zyn68e7p641tnvhvymxkbhhza',1,1,0,0,'[0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,0,0,0,0,0,0,0,0,0,0,0,0,0,0]');
CREATE TABLE deployments (
    sequence integer primary key,
    id text not null unique,
    name text not null unique,
    project text not null default 'default',
    revision integer not null,
    created_at bigint not null);
INSERT INTO "deployments" VALUES(1,'1hrjtfeyvea5za9hg2z801ta52','planets','default',1,1795290963703);
CREATE TABLE experiment_tags (
    experiment_id text not null,
    name text not null,
    value text not null,
    primary key (experiment_id, name));
CREATE TABLE experiments (
    sequence integer primary key,
    id text not null unique,
    project text not null,
    name text not null,
    artifact_location text not null,
    created_at bigint not null,
    updated_at bigint not null,
    deleted_at bigint,
    unique (project, name));
INSERT INTO "experiments" VALUES(1,'0','default','Default','mlflow-artifacts:/0',0,0,NULL);
INSERT INTO "experiments" VALUES(2,'10grd7ybtce29pqwf0fv8wfk46','default','old experiment','mlflow-artifacts:/10grd7ybtce29pqwf0fv8wfk46',1795290965818,1795290965818,NULL);
CREATE TABLE job_dependencies (
    job_id text not null,
    after_id text not null,
    primary key (job_id, after_id));
CREATE TABLE job_inputs (
    job_id text not null,
    name text not null,
    hash text not null,
    primary key (job_id, name));
INSERT INTO "job_inputs" VALUES('2afy29efbnmq1d22yamfkqeqth','original','46b9ecac488da29fa0ad0a13cbe3e9d8f00cf1b8f8b5bdd563d13b07ca7cc0b9');
INSERT INTO "job_inputs" VALUES('6wj5b9m82wqb0vgjpha24fcqd1','table','b592d974a41c63a4d34d0a0885caee224f58faed099e5df7fbc02f0b4603a974');
INSERT INTO "job_inputs" VALUES('30x3vf1p3a19f4qh6agq353pcs','table','b592d974a41c63a4d34d0a0885caee224f58faed099e5df7fbc02f0b4603a974');
CREATE TABLE job_log (
    job_id text not null,
    number bigint not null,
    time bigint not null,
    text text not null,
    primary key (job_id, number)) without rowid;
INSERT INTO "job_log" VALUES('30x3vf1p3a19f4qh6agq353pcs',1,1795290942171,'Comparing decision_tree on 120 rows, 2 folds, 2 threads.');
INSERT INTO "job_log" VALUES('30x3vf1p3a19f4qh6agq353pcs',2,1795290942855,'decision_tree, fold 1 of 2: 0.1162');
INSERT INTO "job_log" VALUES('30x3vf1p3a19f4qh6agq353pcs',3,1795290942856,'decision_tree, fold 2 of 2: 0.3501');
INSERT INTO "job_log" VALUES('30x3vf1p3a19f4qh6agq353pcs',4,1795290942862,'baseline, fold 1 of 2: 0.6887');
INSERT INTO "job_log" VALUES('30x3vf1p3a19f4qh6agq353pcs',5,1795290942862,'baseline, fold 2 of 2: 0.6915');
INSERT INTO "job_log" VALUES('30x3vf1p3a19f4qh6agq353pcs',6,1795290942875,'2 folds over 120 rows, at random with the shares of classes kept.');
INSERT INTO "job_log" VALUES('6wj5b9m82wqb0vgjpha24fcqd1',1,1795290937756,'120 rows, 4 columns; target ''kind'', algorithm gradient_boosting, seed 0, 2 threads.');
INSERT INTO "job_log" VALUES('6wj5b9m82wqb0vgjpha24fcqd1',2,1795290939425,'Fitted on 96 rows in 0.84 s. Tested on 24 of 120 rows (20%), at random with the shares of classes kept.');
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
    log_count bigint not null default 0, project text not null default 'default', asked_by text not null default 'local', priority integer not null default 1, pause_requested integer not null default 0, worked_ms bigint not null default 0, elapsed_ms bigint not null default 0);
INSERT INTO "jobs" VALUES(1,'2afy29efbnmq1d22yamfkqeqth','read_dataset','{"dataset_id":"384dk31cgcb8x9gh79seymnth1","file_name":"rows.csv","types":{},"layout":{}}','2afy29efbnmq1d22yamfkqeqth','completed',100.0,'Profiling the columns',NULL,'{"dataset_id":"384dk31cgcb8x9gh79seymnth1","row_count":120,"column_count":4}',1795290933430,1795290934700,1795290935488,1,0,NULL,0,86400000,325,0,'default','local',1,0,0,561);
INSERT INTO "jobs" VALUES(2,'6wj5b9m82wqb0vgjpha24fcqd1','train','{"run_id":"13c3kqfdbtfz4x7x7y9mscyjkw","name":"gradient_boosting for kind","plan":{"target":"kind","algorithm":"gradient_boosting","hyperparameters":{"trees":30},"drop":[],"test_size":0.2,"seed":0,"metrics":[]},"preset":null}','13c3kqfdbtfz4x7x7y9mscyjkw','completed',100.0,'Writing the results',NULL,'{"algorithm":"gradient_boosting","metrics":{"accuracy":0.9583333333333334,"balanced_accuracy":0.9615384615384616,"roc_auc":0.9755244755244755,"average_precision":0.9656565656565658,"log_loss":0.25837147729611915,"brier":0.06538748299334281,"precision":0.9166666666666666,"recall":1,"f1":0.9565217391304348,"precision_macro":0.9583333333333333,"recall_macro":0.9615384615384616,"f1_macro":0.9582608695652175,"precision_weighted":0.9618055555555555,"recall_weighted":0.9583333333333334,"f1_weighted":0.9584057971014494,"mcc":0.9198662110077999,"cohen_kappa":0.9166666666666666,"expected_calibration_error":0.1269449772854824},"training_rows":96,"test_rows":24,"split":"Tested on 24 of 120 rows (20%), at random with the shares of classes kept.","fit_seconds":0.8416244,"leak_audit":[],"notes":["Tested on 24 of 120 rows (20%), at random with the shares of classes kept."],"run_id":"13c3kqfdbtfz4x7x7y9mscyjkw","model_id":"4wvk5x687wr1hxm38sv4t7sarp"}',1795290936445,1795290937589,1795290940195,1,0,NULL,0,86400000,7876,2,'default','local',1,0,0,2382);
INSERT INTO "jobs" VALUES(3,'30x3vf1p3a19f4qh6agq353pcs','compare','{"comparison_id":"2yeergjsntpp8zhywg713867ya","plan":{"plan":{"target":"kind","algorithm":"gradient_boosting","hyperparameters":{},"drop":[],"test_size":0.2,"seed":0,"metrics":[]},"algorithms":["decision_tree"],"folds":2},"preset":null}','2yeergjsntpp8zhywg713867ya','completed',100.0,'Comparing',NULL,'{"comparison_id":"2yeergjsntpp8zhywg713867ya","best":"decision_tree"}',1795290937466,1795290941954,1795290943072,1,0,NULL,0,86400000,1677,6,'default','local',1,0,0,1158);
CREATE TABLE known_predictions (
    sequence integer primary key,
    deployment_id text not null,
    prediction_id text not null,
    model_id text not null,
    is_shadow integer not null,
    predicted_at bigint not null,
    known_at bigint not null,
    prediction text not null,
    outcome text not null,
    is_correct integer,
    error double precision,
    probability_of_outcome double precision,
    confidence double precision,
    value double precision,
    unique (deployment_id, prediction_id, model_id));
INSERT INTO "known_predictions" VALUES(1,'1hrjtfeyvea5za9hg2z801ta52','01m7ztw86bg2a6jpvvqwp1kc8w','4wvk5x687wr1hxm38sv4t7sarp',0,1795290964171,1795290965735,'noise','planet',0,NULL,3.7026291131810751267e-01,6.29737088681892487329e-01,NULL);
CREATE TABLE log_in_failures (
    subject text primary key,
    tries integer not null,
    first_at bigint not null,
    locked_until bigint not null,
    locks integer not null);
CREATE TABLE logged_datasets (
    sequence integer primary key,
    experiment_id text not null,
    name text not null,
    digest text not null,
    source_type text not null,
    source text not null,
    schema text,
    profile text,
    unique (experiment_id, name, digest));
INSERT INTO "logged_datasets" VALUES(1,'0','rows','14ed2e6d7a4ac3a6a0d3b76a5cbaad2a','strata','{"dataset_id":"384dk31cgcb8x9gh79seymnth1","version":1}',NULL,NULL);
CREATE TABLE logged_model_parameters (
    model_id text not null,
    name text not null,
    value text not null,
    primary key (model_id, name));
CREATE TABLE logged_model_tags (
    model_id text not null,
    name text not null,
    value text not null,
    primary key (model_id, name));
CREATE TABLE logged_models (
    sequence integer primary key,
    id text not null unique,
    experiment_id text not null,
    name text not null,
    artifact_location text not null,
    status text not null,
    status_message text,
    model_type text,
    run_id text,
    created_at bigint not null,
    updated_at bigint not null);
CREATE TABLE metric_points (
    series bigint not null,
    step bigint not null,
    at bigint not null,
    bits bigint not null,
    primary key (series, step, at, bits)) without rowid;
INSERT INTO "metric_points" VALUES(1,0,1795290939034,4603995095965543083);
INSERT INTO "metric_points" VALUES(1,1,1795290939050,4603641732413434539);
INSERT INTO "metric_points" VALUES(1,2,1795290939050,4603316630366890667);
INSERT INTO "metric_points" VALUES(1,3,1795290939050,4603020297395415723);
INSERT INTO "metric_points" VALUES(1,4,1795290939052,4602748973344620544);
INSERT INTO "metric_points" VALUES(1,5,1795290939052,4602317572655458987);
INSERT INTO "metric_points" VALUES(1,6,1795290939052,4601856631150477312);
INSERT INTO "metric_points" VALUES(1,7,1795290939052,4601427658803948203);
INSERT INTO "metric_points" VALUES(1,8,1795290939052,4601032437691755179);
INSERT INTO "metric_points" VALUES(1,9,1795290939052,4600662401630251691);
INSERT INTO "metric_points" VALUES(1,10,1795290939052,4600308539554354517);
INSERT INTO "metric_points" VALUES(1,11,1795290939052,4599985408159602005);
INSERT INTO "metric_points" VALUES(1,12,1795290939052,4599675428396509867);
INSERT INTO "metric_points" VALUES(1,13,1795290939052,4599392141832792747);
INSERT INTO "metric_points" VALUES(1,14,1795290939052,4599119005135230293);
INSERT INTO "metric_points" VALUES(1,15,1795290939052,4598869370481934336);
INSERT INTO "metric_points" VALUES(1,16,1795290939052,4598626478711985493);
INSERT INTO "metric_points" VALUES(1,17,1795290939052,4598399382265877845);
INSERT INTO "metric_points" VALUES(1,18,1795290939052,4598189742840173909);
INSERT INTO "metric_points" VALUES(1,19,1795290939052,4597799362511241216);
INSERT INTO "metric_points" VALUES(1,20,1795290939052,4597426078302426453);
INSERT INTO "metric_points" VALUES(1,21,1795290939052,4597063736568578048);
INSERT INTO "metric_points" VALUES(1,22,1795290939052,4596728783231604053);
INSERT INTO "metric_points" VALUES(1,23,1795290939052,4596403518289477632);
INSERT INTO "metric_points" VALUES(1,24,1795290939052,4596103346777664171);
INSERT INTO "metric_points" VALUES(1,25,1795290939052,4595810445037666304);
INSERT INTO "metric_points" VALUES(1,26,1795290939052,4595540706028333739);
INSERT INTO "metric_points" VALUES(1,27,1795290939052,4595276210796582229);
INSERT INTO "metric_points" VALUES(1,28,1795290939052,4595031670072366421);
INSERT INTO "metric_points" VALUES(1,29,1795290939052,4594792273401959765);
INSERT INTO "metric_points" VALUES(2,0,1795290939035,4604047931870281728);
INSERT INTO "metric_points" VALUES(2,1,1795290939050,4603763995720723115);
INSERT INTO "metric_points" VALUES(2,2,1795290939050,4603467070583428437);
INSERT INTO "metric_points" VALUES(2,3,1795290939050,4603197620967090859);
INSERT INTO "metric_points" VALUES(2,4,1795290939052,4602981713744057685);
INSERT INTO "metric_points" VALUES(2,5,1795290939052,4602753405675372544);
INSERT INTO "metric_points" VALUES(2,6,1795290939052,4602471326730070699);
INSERT INTO "metric_points" VALUES(2,7,1795290939052,4602079816436066987);
INSERT INTO "metric_points" VALUES(2,8,1795290939052,4601777987139578539);
INSERT INTO "metric_points" VALUES(2,9,1795290939052,4601439137350112597);
INSERT INTO "metric_points" VALUES(2,10,1795290939052,4601199127329854805);
INSERT INTO "metric_points" VALUES(2,11,1795290939052,4600902554290399915);
INSERT INTO "metric_points" VALUES(2,12,1795290939052,4600698937496567808);
INSERT INTO "metric_points" VALUES(2,13,1795290939052,4600437296320916139);
INSERT INTO "metric_points" VALUES(2,14,1795290939052,4600263559357311659);
INSERT INTO "metric_points" VALUES(2,15,1795290939052,4600031271800100181);
INSERT INTO "metric_points" VALUES(2,16,1795290939052,4599882593733705728);
INSERT INTO "metric_points" VALUES(2,17,1795290939052,4599748015463333888);
INSERT INTO "metric_points" VALUES(2,18,1795290939052,4599548716353148245);
INSERT INTO "metric_points" VALUES(2,19,1795290939052,4599433921485078528);
INSERT INTO "metric_points" VALUES(2,20,1795290939052,4599254437519687680);
INSERT INTO "metric_points" VALUES(2,21,1795290939052,4599156719777131179);
INSERT INTO "metric_points" VALUES(2,22,1795290939052,4598993887243359573);
INSERT INTO "metric_points" VALUES(2,23,1795290939052,4598910986478070443);
INSERT INTO "metric_points" VALUES(2,24,1795290939052,4598763096806610261);
INSERT INTO "metric_points" VALUES(2,25,1795290939052,4598693122640183296);
INSERT INTO "metric_points" VALUES(2,26,1795290939052,4598557978211472725);
INSERT INTO "metric_points" VALUES(2,27,1795290939052,4598499360536963755);
INSERT INTO "metric_points" VALUES(2,28,1795290939052,4598374631062809259);
INSERT INTO "metric_points" VALUES(2,29,1795290939052,4598326026545310379);
INSERT INTO "metric_points" VALUES(3,0,1795290940197,4606807118831069867);
INSERT INTO "metric_points" VALUES(4,0,1795290940197,4606835988059450447);
INSERT INTO "metric_points" VALUES(5,0,1795290940197,4606961962874202069);
INSERT INTO "metric_points" VALUES(6,0,1795290940197,4606873080643793981);
INSERT INTO "metric_points" VALUES(7,0,1795290940197,4598326026673401787);
INSERT INTO "metric_points" VALUES(8,0,1795290940197,4589376085367861141);
INSERT INTO "metric_points" VALUES(9,0,1795290940197,4606431818862122325);
INSERT INTO "metric_points" VALUES(10,0,1795290940197,4607182418800017408);
INSERT INTO "metric_points" VALUES(11,0,1795290940197,4606790801441115626);
INSERT INTO "metric_points" VALUES(12,0,1795290940197,4606807118831069866);
INSERT INTO "metric_points" VALUES(13,0,1795290940197,4606835988059450447);
INSERT INTO "metric_points" VALUES(14,0,1795290940197,4606806466135471698);
INSERT INTO "metric_points" VALUES(15,0,1795290940197,4606838393828482161);
INSERT INTO "metric_points" VALUES(16,0,1795290940197,4606807118831069867);
INSERT INTO "metric_points" VALUES(17,0,1795290940197,4606807771526668037);
INSERT INTO "metric_points" VALUES(18,0,1795290940197,4606460637795527291);
INSERT INTO "metric_points" VALUES(19,0,1795290940197,4606431818862122325);
INSERT INTO "metric_points" VALUES(20,0,1795290940197,4593741695109731061);
INSERT INTO "metric_points" VALUES(21,0,1795290942855,4593036189185056162);
INSERT INTO "metric_points" VALUES(21,1,1795290942856,4599978269731460213);
INSERT INTO "metric_points" VALUES(22,0,1795290942862,4604378457731008812);
INSERT INTO "metric_points" VALUES(22,1,1795290942862,4604403547637626048);
INSERT INTO "metric_points" VALUES(23,0,1,4602678819172646912);
CREATE TABLE metric_series (
    sequence integer primary key,
    owner text not null,
    name text not null, is_result integer not null default 0, last_step bigint not null default 0, last_at bigint not null default 0, last_bits bigint not null default 0, last_value double precision,
    unique (owner, name));
INSERT INTO "metric_series" VALUES(1,'13c3kqfdbtfz4x7x7y9mscyjkw','train_log_loss',0,29,1795290939052,4594792273401959765,1.56104382515574485745e-01);
INSERT INTO "metric_series" VALUES(2,'13c3kqfdbtfz4x7x7y9mscyjkw','watched_log_loss',0,29,1795290939052,4598326026545310379,2.58371470185617624348e-01);
INSERT INTO "metric_series" VALUES(3,'13c3kqfdbtfz4x7x7y9mscyjkw','accuracy',1,0,1795290940197,4606807118831069867,9.5833333333333337034e-01);
INSERT INTO "metric_series" VALUES(4,'13c3kqfdbtfz4x7x7y9mscyjkw','balanced_accuracy',1,0,1795290940197,4606835988059450447,9.61538461538461564082e-01);
INSERT INTO "metric_series" VALUES(5,'13c3kqfdbtfz4x7x7y9mscyjkw','roc_auc',1,0,1795290940197,4606961962874202069,9.75524475524475520593e-01);
INSERT INTO "metric_series" VALUES(6,'13c3kqfdbtfz4x7x7y9mscyjkw','average_precision',1,0,1795290940197,4606873080643793981,9.65656565656565768485e-01);
INSERT INTO "metric_series" VALUES(7,'13c3kqfdbtfz4x7x7y9mscyjkw','log_loss',1,0,1795290940197,4598326026673401787,2.58371477296119145261e-01);
INSERT INTO "metric_series" VALUES(8,'13c3kqfdbtfz4x7x7y9mscyjkw','brier',1,0,1795290940197,4589376085367861141,6.53874829933428075579e-02);
INSERT INTO "metric_series" VALUES(9,'13c3kqfdbtfz4x7x7y9mscyjkw','precision',1,0,1795290940197,4606431818862122325,9.16666666666666629659e-01);
INSERT INTO "metric_series" VALUES(10,'13c3kqfdbtfz4x7x7y9mscyjkw','recall',1,0,1795290940197,4607182418800017408,1.0);
INSERT INTO "metric_series" VALUES(11,'13c3kqfdbtfz4x7x7y9mscyjkw','f1',1,0,1795290940197,4606790801441115626,9.56521739130434811571e-01);
INSERT INTO "metric_series" VALUES(12,'13c3kqfdbtfz4x7x7y9mscyjkw','precision_macro',1,0,1795290940197,4606807118831069866,9.58333333333333259318e-01);
INSERT INTO "metric_series" VALUES(13,'13c3kqfdbtfz4x7x7y9mscyjkw','recall_macro',1,0,1795290940197,4606835988059450447,9.61538461538461564082e-01);
INSERT INTO "metric_series" VALUES(14,'13c3kqfdbtfz4x7x7y9mscyjkw','f1_macro',1,0,1795290940197,4606806466135471698,9.58260869565217499044e-01);
INSERT INTO "metric_series" VALUES(15,'13c3kqfdbtfz4x7x7y9mscyjkw','precision_weighted',1,0,1795290940197,4606838393828482161,9.61805555555555469204e-01);
INSERT INTO "metric_series" VALUES(16,'13c3kqfdbtfz4x7x7y9mscyjkw','recall_weighted',1,0,1795290940197,4606807118831069867,9.5833333333333337034e-01);
INSERT INTO "metric_series" VALUES(17,'13c3kqfdbtfz4x7x7y9mscyjkw','f1_weighted',1,0,1795290940197,4606807771526668037,9.58405797101449352659e-01);
INSERT INTO "metric_series" VALUES(18,'13c3kqfdbtfz4x7x7y9mscyjkw','mcc',1,0,1795290940197,4606460637795527291,9.19866211007799861043e-01);
INSERT INTO "metric_series" VALUES(19,'13c3kqfdbtfz4x7x7y9mscyjkw','cohen_kappa',1,0,1795290940197,4606431818862122325,9.16666666666666629659e-01);
INSERT INTO "metric_series" VALUES(20,'13c3kqfdbtfz4x7x7y9mscyjkw','expected_calibration_error',1,0,1795290940197,4593741695109731061,1.26944977285482402118e-01);
INSERT INTO "metric_series" VALUES(21,'2yeergjsntpp8zhywg713867ya','decision_tree',0,1,1795290942856,4599978269731460213,3.50089391562796337087e-01);
INSERT INTO "metric_series" VALUES(22,'2yeergjsntpp8zhywg713867ya','baseline',0,1,1795290942862,4604403547637626048,0.691483325304624);
INSERT INTO "metric_series" VALUES(23,'3dcmhfae5w0bsjbmybevc151bn','acc',0,0,1,4602678819172646912,0.5);
CREATE TABLE model_aliases (
    model_id text not null,
    name text not null,
    version integer not null,
    primary key (model_id, name));
CREATE TABLE model_version_tags (
    version_id text not null,
    name text not null,
    value text not null,
    primary key (version_id, name));
CREATE TABLE model_versions (
    sequence integer primary key,
    id text not null unique,
    model_id text not null,
    version integer not null,
    status text not null,
    description text not null,
    source text not null,
    location text not null,
    run_id text,
    run_link text,
    created_at bigint not null,
    updated_at bigint not null,
    unique (model_id, version));
INSERT INTO "model_versions" VALUES(1,'5pm0bv5sz0c3g1qkxg00sk1r7k','56ar4k9a203482r0v049pwfytp',1,'training','','runs:/3dcmhfae5w0bsjbmybevc151bn/model','mlflow-artifacts:/10grd7ybtce29pqwf0fv8wfk46/3dcmhfae5w0bsjbmybevc151bn/artifacts/model','3dcmhfae5w0bsjbmybevc151bn',NULL,1795290967268,1795290967268);
CREATE TABLE "models" (
    sequence integer primary key,
    id text not null unique,
    project text not null default 'default',
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
    unique (project, name, version));
INSERT INTO "models" VALUES(1,'40a7q2zahm5r2n73fa24gv7c6h','default','exoplanets_universal',1,'pretrained','gradient_boosting','binary_classification','disposition','["FALSE POSITIVE","PLANET"]','[{"name":"log_period","type":"float64"},{"name":"log_duration","type":"float64"},{"name":"log_depth","type":"float64"},{"name":"log_planet_radius","type":"float64"},{"name":"impact","type":"float64"},{"name":"log_snr","type":"float64"},{"name":"stellar_temperature","type":"float64"},{"name":"surface_gravity","type":"float64"},{"name":"log_stellar_radius","type":"float64"},{"name":"log_stellar_density","type":"float64"},{"name":"magnitude","type":"float64"},{"name":"log_distance","type":"float64"},{"name":"log_insolation","type":"float64"},{"name":"log_duration_ratio","type":"float64"},{"name":"log_depth_ratio","type":"float64"},{"name":"log_period_error","type":"float64"},{"name":"log_duration_error","type":"float64"},{"name":"log_depth_error","type":"float64"},{"name":"log_radius_error","type":"float64"},{"name":"temperature_error","type":"float64"},{"name":"gravity_error","type":"float64"},{"name":"log_stellar_radius_error","type":"float64"},{"name":"log_proper_motion","type":"float64"},{"name":"galactic_latitude","type":"float64"},{"name":"objects_of_star","type":"float64"}]','{"accuracy":0.9321,"balanced_accuracy":0.931,"f1_macro":0.9304,"log_loss":0.1702,"roc_auc":0.9818,"expected_calibration_error":0.0095,"kepler.accuracy":0.9461,"kepler.balanced_accuracy":0.9424,"kepler.f1_macro":0.9417,"kepler.log_loss":0.138,"kepler.roc_auc":0.9871,"kepler.expected_calibration_error":0.0104,"kepler_never_seen.accuracy":0.8762,"kepler_never_seen.balanced_accuracy":0.8907,"kepler_never_seen.f1_macro":0.8714,"kepler_never_seen.log_loss":0.2873,"kepler_never_seen.roc_auc":0.9659,"kepler_never_seen.expected_calibration_error":0.0105,"tess.accuracy":0.8767,"tess.balanced_accuracy":0.8767,"tess.f1_macro":0.8767,"tess.log_loss":0.2916,"tess.roc_auc":0.9484,"tess.expected_calibration_error":0.0085,"tess_never_seen.accuracy":0.7463,"tess_never_seen.balanced_accuracy":0.7444,"tess_never_seen.f1_macro":0.7377,"tess_never_seen.log_loss":0.5436,"tess_never_seen.roc_auc":0.875,"tess_never_seen.expected_calibration_error":0.0874,"k2.accuracy":0.9759,"k2.balanced_accuracy":0.9657,"k2.f1_macro":0.971,"k2.log_loss":0.0902,"k2.roc_auc":0.99,"k2.expected_calibration_error":0.0157,"k2_never_seen.accuracy":0.3614,"k2_never_seen.balanced_accuracy":0.5431,"k2_never_seen.f1_macro":0.3221,"k2_never_seen.log_loss":1.4618,"k2_never_seen.roc_auc":0.98,"k2_never_seen.expected_calibration_error":0.5204}',NULL,NULL,'6556009da72909a39193bcf48169e4a1a69198b5d31a5a3174fd679bb1407e72',226100,1795290927307);
INSERT INTO "models" VALUES(2,'6ajkkkjhg0p79jwp13g1821qnw','default','exoplanets_kepler',1,'pretrained','gradient_boosting','multiclass_classification','koi_disposition','["CANDIDATE","CONFIRMED","FALSE POSITIVE"]','[{"name":"log_period","type":"float64"},{"name":"log_duration","type":"float64"},{"name":"log_depth","type":"float64"},{"name":"log_planet_radius","type":"float64"},{"name":"impact","type":"float64"},{"name":"log_snr","type":"float64"},{"name":"stellar_temperature","type":"float64"},{"name":"surface_gravity","type":"float64"},{"name":"log_stellar_radius","type":"float64"},{"name":"log_stellar_density","type":"float64"},{"name":"magnitude","type":"float64"},{"name":"log_distance","type":"float64"},{"name":"log_insolation","type":"float64"},{"name":"log_duration_ratio","type":"float64"},{"name":"log_depth_ratio","type":"float64"},{"name":"log_period_error","type":"float64"},{"name":"log_duration_error","type":"float64"},{"name":"log_depth_error","type":"float64"},{"name":"log_radius_error","type":"float64"},{"name":"temperature_error","type":"float64"},{"name":"gravity_error","type":"float64"},{"name":"log_stellar_radius_error","type":"float64"},{"name":"log_proper_motion","type":"float64"},{"name":"galactic_latitude","type":"float64"},{"name":"objects_of_star","type":"float64"}]','{"accuracy":0.8035,"balanced_accuracy":0.7564,"f1_macro":0.7603,"log_loss":0.4585,"roc_auc":0.9261,"expected_calibration_error":0.0077}',NULL,NULL,'5650d93e8bc2784f45c0a22deb2959d1ca8189d84d1fb02aeb5e704b69855a6c',418511,1795290927394);
INSERT INTO "models" VALUES(3,'3r43vhxt592abp0qdmq9d7qm4a','default','exoplanets_tess',1,'pretrained','gradient_boosting','binary_classification','tfopwg_disp','["FALSE POSITIVE","PLANET"]','[{"name":"log_period","type":"float64"},{"name":"log_duration","type":"float64"},{"name":"log_depth","type":"float64"},{"name":"log_planet_radius","type":"float64"},{"name":"impact","type":"float64"},{"name":"log_snr","type":"float64"},{"name":"stellar_temperature","type":"float64"},{"name":"surface_gravity","type":"float64"},{"name":"log_stellar_radius","type":"float64"},{"name":"log_stellar_density","type":"float64"},{"name":"magnitude","type":"float64"},{"name":"log_distance","type":"float64"},{"name":"log_insolation","type":"float64"},{"name":"log_duration_ratio","type":"float64"},{"name":"log_depth_ratio","type":"float64"},{"name":"log_period_error","type":"float64"},{"name":"log_duration_error","type":"float64"},{"name":"log_depth_error","type":"float64"},{"name":"log_radius_error","type":"float64"},{"name":"temperature_error","type":"float64"},{"name":"gravity_error","type":"float64"},{"name":"log_stellar_radius_error","type":"float64"},{"name":"log_proper_motion","type":"float64"},{"name":"galactic_latitude","type":"float64"},{"name":"objects_of_star","type":"float64"}]','{"accuracy":0.8868,"balanced_accuracy":0.8869,"f1_macro":0.8868,"log_loss":0.2722,"roc_auc":0.9553,"expected_calibration_error":0.0119}',NULL,NULL,'98a19f1b27c4bf48ed7bcea3a941d143ec9ea7fb1e67fa0a76b475158f57ff5d',221423,1795290927444);
INSERT INTO "models" VALUES(4,'79pz4kns6p370wbwf2vst13pyj','default','exoplanets_k2',1,'pretrained','gradient_boosting','multiclass_classification','disposition','["CANDIDATE","CONFIRMED","FALSE POSITIVE"]','[{"name":"log_period","type":"float64"},{"name":"log_duration","type":"float64"},{"name":"log_depth","type":"float64"},{"name":"log_planet_radius","type":"float64"},{"name":"impact","type":"float64"},{"name":"log_snr","type":"float64"},{"name":"stellar_temperature","type":"float64"},{"name":"surface_gravity","type":"float64"},{"name":"log_stellar_radius","type":"float64"},{"name":"log_stellar_density","type":"float64"},{"name":"magnitude","type":"float64"},{"name":"log_distance","type":"float64"},{"name":"log_insolation","type":"float64"},{"name":"log_duration_ratio","type":"float64"},{"name":"log_depth_ratio","type":"float64"},{"name":"log_period_error","type":"float64"},{"name":"log_duration_error","type":"float64"},{"name":"log_depth_error","type":"float64"},{"name":"log_radius_error","type":"float64"},{"name":"temperature_error","type":"float64"},{"name":"gravity_error","type":"float64"},{"name":"log_stellar_radius_error","type":"float64"},{"name":"log_proper_motion","type":"float64"},{"name":"galactic_latitude","type":"float64"},{"name":"objects_of_star","type":"float64"}]','{"accuracy":0.8771,"balanced_accuracy":0.8439,"f1_macro":0.854,"log_loss":0.3241,"roc_auc":0.961,"expected_calibration_error":0.017}',NULL,NULL,'906f048521d027c08b3d8f7fd7eb2f4b1a46cc1c6e31e7e1a655e05dabb86681',401402,1795290927503);
INSERT INTO "models" VALUES(5,'4wvk5x687wr1hxm38sv4t7sarp','default','gradient_boosting for kind',1,'trained','gradient_boosting','binary_classification','kind','["noise","planet"]','[{"name":"depth","type":"float64"},{"name":"period","type":"float64"},{"name":"star","type":"category","levels":["dwarf","giant"]}]','{"accuracy":0.9583333333333334,"balanced_accuracy":0.9615384615384616,"roc_auc":0.9755244755244755,"average_precision":0.9656565656565658,"log_loss":0.25837147729611915,"brier":0.06538748299334281,"precision":0.9166666666666666,"recall":1,"f1":0.9565217391304348,"precision_macro":0.9583333333333333,"recall_macro":0.9615384615384616,"f1_macro":0.9582608695652175,"precision_weighted":0.9618055555555555,"recall_weighted":0.9583333333333334,"f1_weighted":0.9584057971014494,"mcc":0.9198662110077999,"cohen_kappa":0.9166666666666666,"expected_calibration_error":0.1269449772854824}','13c3kqfdbtfz4x7x7y9mscyjkw',NULL,'562f6ad50610e89f0457a22f093d06daf65a4c9c0ec3148ad6725dbb14b888b1',7505,1795290940194);
CREATE TABLE prediction_pages (
    sequence integer primary key,
    deployment_id text not null,
    first_at bigint not null,
    last_at bigint not null,
    entry_count integer not null,
    entries text not null);
INSERT INTO "prediction_pages" VALUES(1,'1hrjtfeyvea5za9hg2z801ta52',1795290964171,1795290964171,1,'e8fAwFCtlJmiZKVkYJhrXlVSbmGWlG6UaJZVUFZWWF5gmJ1sUa6ko5RYomRlaG5pamRpYGlmYmhuqKOUm5+SmqNkpWRSXpZtWmFmYV5eZJhRkWtsUVxmUmJenFhUoKSjVJRallmcmZ+nZAXSkZlclF+sZGVkamhgZqSjVJRfrmRVrZSSWlCSoWRloGeqo1SQWpSZn6JkZaSjVFySWKRkpZRSnliUplSro5Sck1hcrGSllJefWZyqpKNUUJSflJiUmZNZkplarGQVbaBnZmRpbmxuYGFhZmFoYWlkqmOgZ2xuYGRmZGloaGxoYWhgbhpbCwA=');
CREATE TABLE project_members (
    project_id text not null,
    member_kind text not null,
    member_id text not null,
    role text not null,
    primary key (project_id, member_kind, member_id));
CREATE TABLE projects (
    sequence integer primary key,
    id text not null unique,
    name text not null,
    name_key text not null unique,
    description text not null,
    created_at bigint not null);
INSERT INTO "projects" VALUES(1,'default','default','default','What belongs to no other project.',0);
CREATE TABLE refresh_tokens (
    hash text primary key,
    session_id text not null,
    is_used integer not null default 0,
    expires_at bigint not null);
CREATE TABLE registered_model_tags (
    model_id text not null,
    name text not null,
    value text not null,
    primary key (model_id, name));
CREATE TABLE registered_models (
    sequence integer primary key,
    id text not null unique,
    project text not null,
    name text not null,
    description text not null,
    last_version integer not null default 0,
    created_at bigint not null,
    updated_at bigint not null,
    unique (project, name));
INSERT INTO "registered_models" VALUES(1,'56ar4k9a203482r0v049pwfytp','default','registered','',1,1795290967119,1795290967268);
CREATE TABLE registry_changes (
    sequence integer primary key,
    model_id text not null,
    model text not null,
    version integer,
    what text not null,
    before_change text,
    after_change text,
    at bigint not null);
INSERT INTO "registry_changes" VALUES(1,'56ar4k9a203482r0v049pwfytp','registered',NULL,'registered',NULL,'registered',1795290967131);
INSERT INTO "registry_changes" VALUES(2,'56ar4k9a203482r0v049pwfytp','registered',1,'registered',NULL,'runs:/3dcmhfae5w0bsjbmybevc151bn/model',1795290967390);
CREATE TABLE request_keys (
    asked_by text not null,
    request_key text not null,
    fingerprint text not null,
    created_at bigint not null,
    status integer,
    content_type text,
    location text,
    body text,
    primary key (asked_by, request_key));
CREATE TABLE run_input_tags (
    run_id text not null,
    dataset bigint not null,
    name text not null,
    value text not null,
    primary key (run_id, dataset, name));
INSERT INTO "run_input_tags" VALUES('13c3kqfdbtfz4x7x7y9mscyjkw',1,'mlflow.data.context','training');
CREATE TABLE run_inputs (
    run_id text not null,
    dataset bigint not null,
    primary key (run_id, dataset));
INSERT INTO "run_inputs" VALUES('13c3kqfdbtfz4x7x7y9mscyjkw',1);
CREATE TABLE run_outputs (
    run_id text not null,
    model_id text not null,
    step bigint not null,
    primary key (run_id, model_id));
CREATE TABLE run_parameters (
    run_id text not null,
    name text not null,
    value text not null,
    primary key (run_id, name)) without rowid;
INSERT INTO "run_parameters" VALUES('13c3kqfdbtfz4x7x7y9mscyjkw','trees','30');
INSERT INTO "run_parameters" VALUES('3dcmhfae5w0bsjbmybevc151bn','depth','3');
CREATE TABLE run_tags (
    run_id text not null,
    name text not null,
    value text not null,
    primary key (run_id, name)) without rowid;
INSERT INTO "run_tags" VALUES('13c3kqfdbtfz4x7x7y9mscyjkw','mlflow.runName','gradient_boosting for kind');
INSERT INTO "run_tags" VALUES('3dcmhfae5w0bsjbmybevc151bn','mlflow.runName','reported');
INSERT INTO "run_tags" VALUES('3dcmhfae5w0bsjbmybevc151bn','who','me');
CREATE TABLE runs (
    sequence integer primary key,
    id text not null unique,
    name text not null,
    dataset_id text,
    dataset_name text,
    preset text,
    model_id text,
    notes text not null,
    created_at bigint not null, project text not null default 'default', experiment_id text not null default '0', status text not null default 'scheduled', user_id text not null default '', artifact_location text not null default '', started_at bigint not null default 0, ended_at bigint, deleted_at bigint, plan text, job_id text);
INSERT INTO "runs" VALUES(1,'13c3kqfdbtfz4x7x7y9mscyjkw','gradient_boosting for kind','384dk31cgcb8x9gh79seymnth1','rows',NULL,'4wvk5x687wr1hxm38sv4t7sarp','["Tested on 24 of 120 rows (20%), at random with the shares of classes kept."]',1795290936445,'default','0','finished','','mlflow-artifacts:/0/13c3kqfdbtfz4x7x7y9mscyjkw/artifacts',1795290937589,1795290940195,NULL,'{"target":"kind","algorithm":"gradient_boosting","hyperparameters":{"trees":30},"drop":[],"test_size":0.2,"seed":0,"metrics":[]}','6wj5b9m82wqb0vgjpha24fcqd1');
INSERT INTO "runs" VALUES(2,'3dcmhfae5w0bsjbmybevc151bn','reported',NULL,NULL,NULL,NULL,'[]',1795290966502,'default','10grd7ybtce29pqwf0fv8wfk46','running','','mlflow-artifacts:/10grd7ybtce29pqwf0fv8wfk46/3dcmhfae5w0bsjbmybevc151bn/artifacts',1795290966502,NULL,NULL,NULL,NULL);
CREATE TABLE schema_migrations (number bigint primary key, name text not null, applied_at bigint not null);
INSERT INTO "schema_migrations" VALUES(1,'first light',1795290921791);
INSERT INTO "schema_migrations" VALUES(2,'comparisons',1795290921933);
INSERT INTO "schema_migrations" VALUES(3,'layouts of datasets',1795290921938);
INSERT INTO "schema_migrations" VALUES(4,'accounts and projects',1795290921965);
INSERT INTO "schema_migrations" VALUES(5,'experiments and reported runs',1795290922121);
INSERT INTO "schema_migrations" VALUES(6,'registered models',1795290922133);
INSERT INTO "schema_migrations" VALUES(7,'deployments',1795290922139);
INSERT INTO "schema_migrations" VALUES(8,'terms of jobs, keys of requests',1795290922167);
CREATE TABLE sessions (
    id text primary key,
    user_id text not null,
    secret_hash text unique,
    created_at bigint not null,
    seen_at bigint not null,
    confirmed_at bigint not null,
    expires_at bigint not null,
    address text);
CREATE TABLE team_members (
    team_id text not null,
    user_id text not null,
    primary key (team_id, user_id));
CREATE TABLE teams (
    sequence integer primary key,
    id text not null unique,
    name text not null,
    name_key text not null unique,
    created_at bigint not null);
CREATE TABLE users (
    sequence integer primary key,
    id text not null unique,
    name text not null,
    name_key text not null unique,
    password_hash text,
    is_service_account integer not null default 0,
    is_admin integer not null default 0,
    is_disabled integer not null default 0,
    created_at bigint not null);
INSERT INTO "users" VALUES(1,'0zsw9h8d4d5qpp9hfprdyhetq9','founder','founder','pbkdf2-sha512$210000$5u34grig3On4LeyVW5ed5g==$v/KUzv7igNxy3/U5Jpe36WUxr+UIwJtpVxaHoSUOTR8=',0,1,0,1795291014204);
CREATE TABLE uses (
    subject text not null,
    job_id text not null,
    primary key (subject, job_id));
INSERT INTO "uses" VALUES('model/4wvk5x687wr1hxm38sv4t7sarp','deployment/planets');
CREATE INDEX uses_by_job on uses (job_id);
CREATE INDEX artifacts_by_hash on artifacts (hash);
CREATE INDEX jobs_by_status on jobs (status, sequence);
CREATE INDEX job_inputs_by_hash on job_inputs (hash);
CREATE INDEX team_members_by_user on team_members (user_id);
CREATE INDEX project_members_by_member on project_members (member_kind, member_id);
CREATE INDEX sessions_by_user on sessions (user_id);
CREATE INDEX refresh_tokens_by_session on refresh_tokens (session_id);
CREATE INDEX api_tokens_by_user on api_tokens (user_id);
CREATE INDEX audit_log_by_subject on audit_log (subject, number);
CREATE TRIGGER audit_log_is_not_changed before update on audit_log begin select raise(abort, 'the audit log is only appended to'); end;
CREATE TRIGGER audit_log_is_not_deleted before delete on audit_log begin select raise(abort, 'the audit log is only appended to'); end;
CREATE INDEX datasets_by_content on datasets (content_hash);
CREATE VIEW blob_references (hash) as
    select original_blob from datasets
    union all select frame_blob from datasets
    union all select profile_blob from datasets
    union all select hash from dataset_profiles
    union all select hash from artifacts
    union all select hash from models
    union all select hash from job_inputs join jobs on jobs.id = job_inputs.job_id where jobs.ended_at is null;
CREATE INDEX runs_by_job on runs (job_id);
CREATE INDEX runs_by_start on runs (experiment_id, started_at desc, id);
CREATE INDEX metric_series_by_value on metric_series (name, last_value, owner);
CREATE INDEX logged_models_by_experiment on logged_models (experiment_id, created_at desc);
CREATE INDEX logged_models_by_run on logged_models (run_id);
CREATE INDEX model_versions_by_run on model_versions (run_id);
CREATE INDEX registry_changes_by_model on registry_changes (model_id, sequence);
CREATE INDEX prediction_pages_by_time on prediction_pages (deployment_id, last_at);
CREATE INDEX known_predictions_by_time on known_predictions (deployment_id, predicted_at);
CREATE VIEW project_things (project) as
    select project from datasets
    union all select project from runs
    union all select project from comparisons
    union all select project from models
    union all select project from jobs where ended_at is null
    union all select project from deployments
    union all select project from ab_tests
    union all select project from registered_models
    union all select project from experiments where deleted_at is null and name <> 'Default';
CREATE INDEX job_dependencies_by_after on job_dependencies (after_id);
CREATE INDEX request_keys_by_time on request_keys (created_at);
COMMIT;
