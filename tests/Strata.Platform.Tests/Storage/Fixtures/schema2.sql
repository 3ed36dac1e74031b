BEGIN TRANSACTION;
CREATE TABLE artifacts (
    owner text not null,
    name text not null,
    hash text not null,
    bytes bigint not null,
    primary key (owner, name));
INSERT INTO "artifacts" VALUES('34xzbdwa86gev0yxk0ng9px74m','comparison.json','6a3a21a2a1ff462bcc8ef771ef6c94c104c75fbe7feb7a0824e7e5e22002b69d',10220);
INSERT INTO "artifacts" VALUES('3c2my3gkz8j79g95hbez1abcw7','evaluation.json','4ebac3436edb5d65302c5ba33c1dc96931a12718556baec6ec3ae1c32fcd82d7',38120);
INSERT INTO "artifacts" VALUES('3c2my3gkz8j79g95hbez1abcw7','model.strata','c37b078cef822639436debf75160b7480c0e414306554cb47c826ff50e098cf9',359099);
INSERT INTO "artifacts" VALUES('3c2my3gkz8j79g95hbez1abcw7','rows.frame','665ecb32c1f4dffdbf0bb0dbfed8fe8132e1e6c28000790f4b2f3be9d42baea9',32595);
INSERT INTO "artifacts" VALUES('3c2my3gkz8j79g95hbez1abcw7','worst_rows.frame','f07e91916b3bde9d7ceccd357906db7d8eb83292d7ea75df28d9a6ff6ec8398b',32595);
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
INSERT INTO "comparisons" VALUES(1,'34xzbdwa86gev0yxk0ng9px74m','Algorithms for Survived','0fkmxjwjcwf6yfmek61h2gn3vt','titanic',NULL,'{"plan":{"target":"Survived","algorithm":"gradient_boosting","hyperparameters":{},"drop":[],"test_size":0.2,"seed":0,"metrics":[]},"algorithms":["gradient_boosting","logistic_regression","mlp"],"folds":5,"metric":"roc_auc"}','3stj37m3ttgkvmyvjedmxr368k','logistic_regression',1795260170670);
CREATE TABLE dataset_profiles (
    dataset_id text not null,
    target text not null,
    hash text not null,
    primary key (dataset_id, target));
INSERT INTO "dataset_profiles" VALUES('0fkmxjwjcwf6yfmek61h2gn3vt','Survived','502a0ea7a09f1a5739b019f465a6982a9f359be737bcc6e79925340c66131985');
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
    created_at bigint not null,
    unique (name, version));
INSERT INTO "datasets" VALUES(1,'0fkmxjwjcwf6yfmek61h2gn3vt','titanic',1,'upload','ready',NULL,'989af18dcd5ef6fbaf890ab8a9f9bf9f36c1e5332b512438ec6fb83e1e03759f','titanic.csv',60302,'{}','4a437fde05fe5264e1701a7387ac6fb75393772ba38bb2c9c566405af5af4bd7','838b7c4667871570b2da425ea434f78484c3827b6b73b2668e79af0a04f59a94','b8f5f65b1765f42d88d994e343f7972a0d930c90bc0e93e50e89c02f9a86d0c2',891,12,'[{"name":"PassengerId","type":"int64"},{"name":"Survived","type":"int64"},{"name":"Pclass","type":"int64"},{"name":"Name","type":"text"},{"name":"Sex","type":"category"},{"name":"Age","type":"float64"},{"name":"SibSp","type":"int64"},{"name":"Parch","type":"int64"},{"name":"Ticket","type":"text"},{"name":"Fare","type":"float64"},{"name":"Cabin","type":"text"},{"name":"Embarked","type":"category"}]','[]','Survived',NULL,'32z61y9s1fzcw91p7ar8gjngwj',1795260168922);
CREATE TABLE job_inputs (
    job_id text not null,
    name text not null,
    hash text not null,
    primary key (job_id, name));
INSERT INTO "job_inputs" VALUES('32z61y9s1fzcw91p7ar8gjngwj','original','4a437fde05fe5264e1701a7387ac6fb75393772ba38bb2c9c566405af5af4bd7');
INSERT INTO "job_inputs" VALUES('3stj37m3ttgkvmyvjedmxr368k','table','838b7c4667871570b2da425ea434f78484c3827b6b73b2668e79af0a04f59a94');
INSERT INTO "job_inputs" VALUES('5e8qv0jr1w47g5wm9rc78ht1vt','table','838b7c4667871570b2da425ea434f78484c3827b6b73b2668e79af0a04f59a94');
INSERT INTO "job_inputs" VALUES('4as4krd8aav46791c325jj0vcs','table','838b7c4667871570b2da425ea434f78484c3827b6b73b2668e79af0a04f59a94');
CREATE TABLE job_log (
    job_id text not null,
    number bigint not null,
    time bigint not null,
    text text not null,
    primary key (job_id, number)) without rowid;
INSERT INTO "job_log" VALUES('3stj37m3ttgkvmyvjedmxr368k',1,1795260171223,'Comparing gradient_boosting, logistic_regression, mlp on 891 rows, 5 folds, 2 threads.');
INSERT INTO "job_log" VALUES('3stj37m3ttgkvmyvjedmxr368k',2,1795260171779,'gradient_boosting, fold 1 of 5: 0.8043');
INSERT INTO "job_log" VALUES('3stj37m3ttgkvmyvjedmxr368k',3,1795260171848,'gradient_boosting, fold 2 of 5: 0.8561');
INSERT INTO "job_log" VALUES('3stj37m3ttgkvmyvjedmxr368k',4,1795260171913,'gradient_boosting, fold 3 of 5: 0.8572');
INSERT INTO "job_log" VALUES('3stj37m3ttgkvmyvjedmxr368k',5,1795260171979,'gradient_boosting, fold 4 of 5: 0.8445');
INSERT INTO "job_log" VALUES('3stj37m3ttgkvmyvjedmxr368k',6,1795260172049,'gradient_boosting, fold 5 of 5: 0.8821');
INSERT INTO "job_log" VALUES('3stj37m3ttgkvmyvjedmxr368k',7,1795260172177,'logistic_regression, fold 1 of 5: 0.7922');
INSERT INTO "job_log" VALUES('3stj37m3ttgkvmyvjedmxr368k',8,1795260172180,'logistic_regression, fold 2 of 5: 0.8356');
INSERT INTO "job_log" VALUES('3stj37m3ttgkvmyvjedmxr368k',9,1795260172182,'logistic_regression, fold 3 of 5: 0.8762');
INSERT INTO "job_log" VALUES('3stj37m3ttgkvmyvjedmxr368k',10,1795260172185,'logistic_regression, fold 4 of 5: 0.8856');
INSERT INTO "job_log" VALUES('3stj37m3ttgkvmyvjedmxr368k',11,1795260172187,'logistic_regression, fold 5 of 5: 0.8818');
INSERT INTO "job_log" VALUES('3stj37m3ttgkvmyvjedmxr368k',12,1795260172857,'mlp, fold 1 of 5: 0.7974');
INSERT INTO "job_log" VALUES('3stj37m3ttgkvmyvjedmxr368k',13,1795260173129,'mlp, fold 2 of 5: 0.8007');
INSERT INTO "job_log" VALUES('3stj37m3ttgkvmyvjedmxr368k',14,1795260173584,'mlp, fold 3 of 5: 0.8660');
INSERT INTO "job_log" VALUES('3stj37m3ttgkvmyvjedmxr368k',15,1795260173868,'mlp, fold 4 of 5: 0.8964');
INSERT INTO "job_log" VALUES('3stj37m3ttgkvmyvjedmxr368k',16,1795260174199,'mlp, fold 5 of 5: 0.8980');
INSERT INTO "job_log" VALUES('3stj37m3ttgkvmyvjedmxr368k',17,1795260174203,'baseline, fold 1 of 5: 0.5000');
INSERT INTO "job_log" VALUES('3stj37m3ttgkvmyvjedmxr368k',18,1795260174203,'baseline, fold 2 of 5: 0.5000');
INSERT INTO "job_log" VALUES('3stj37m3ttgkvmyvjedmxr368k',19,1795260174204,'baseline, fold 3 of 5: 0.5000');
INSERT INTO "job_log" VALUES('3stj37m3ttgkvmyvjedmxr368k',20,1795260174204,'baseline, fold 4 of 5: 0.5000');
INSERT INTO "job_log" VALUES('3stj37m3ttgkvmyvjedmxr368k',21,1795260174205,'baseline, fold 5 of 5: 0.5000');
INSERT INTO "job_log" VALUES('3stj37m3ttgkvmyvjedmxr368k',22,1795260174213,'5 folds over 891 rows, at random with the shares of classes kept.');
INSERT INTO "job_log" VALUES('5e8qv0jr1w47g5wm9rc78ht1vt',1,1795260174852,'891 rows, 12 columns; target ''Survived'', algorithm gradient_boosting, seed 0, 2 threads.');
INSERT INTO "job_log" VALUES('5e8qv0jr1w47g5wm9rc78ht1vt',2,1795260175950,'Fitted on 712 rows in 0.37 s. Tested on 179 of 891 rows (20.1%), at random with the shares of classes kept.');
INSERT INTO "job_log" VALUES('5e8qv0jr1w47g5wm9rc78ht1vt',3,1795260175950,'3 columns of free text are left out: ''Name'', ''Ticket'', ''Cabin''.');
INSERT INTO "job_log" VALUES('5e8qv0jr1w47g5wm9rc78ht1vt',4,1795260175950,'Sets cover 90% by the errors on 178 rows held back from learning (split).');
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
INSERT INTO "jobs" VALUES(1,'32z61y9s1fzcw91p7ar8gjngwj','read_dataset','{"dataset_id":"0fkmxjwjcwf6yfmek61h2gn3vt","file_name":"titanic.csv","types":{}}','32z61y9s1fzcw91p7ar8gjngwj','completed',100.0,'Profiling the columns',NULL,'{"dataset_id":"0fkmxjwjcwf6yfmek61h2gn3vt","row_count":891,"column_count":12}',1795260168928,1795260169679,1795260170171,1,0,NULL,0,86400000,325,0);
INSERT INTO "jobs" VALUES(2,'3stj37m3ttgkvmyvjedmxr368k','compare','{"comparison_id":"34xzbdwa86gev0yxk0ng9px74m","plan":{"plan":{"target":"Survived","algorithm":"gradient_boosting","hyperparameters":{},"drop":[],"test_size":0.2,"seed":0,"metrics":[]},"algorithms":["gradient_boosting","logistic_regression","mlp"],"folds":5,"metric":"roc_auc"},"preset":null}','34xzbdwa86gev0yxk0ng9px74m','completed',100.0,'Comparing',NULL,'{"comparison_id":"34xzbdwa86gev0yxk0ng9px74m","best":"logistic_regression"}',1795260170669,1795260171123,1795260174354,1,0,NULL,0,86400000,7617,22);
INSERT INTO "jobs" VALUES(3,'5e8qv0jr1w47g5wm9rc78ht1vt','train','{"run_id":"3c2my3gkz8j79g95hbez1abcw7","name":"gradient_boosting for Survived","plan":{"target":"Survived","algorithm":"gradient_boosting","hyperparameters":{},"drop":[],"test_size":0.2,"seed":0,"intervals":0.9,"metrics":[]},"preset":null,"folds":5}','3c2my3gkz8j79g95hbez1abcw7','completed',100.0,'Writing the results',NULL,'{"algorithm":"gradient_boosting","metrics":{"accuracy":0.8100558659217877,"balanced_accuracy":0.794137022397892,"roc_auc":0.8789196310935441,"average_precision":0.8596371828256101,"log_loss":0.48019557911316657,"brier":0.1351701370996014,"precision":0.7692307692307693,"recall":0.7246376811594203,"f1":0.7462686567164178,"precision_macro":0.8012820512820513,"recall_macro":0.794137022397892,"f1_macro":0.7972414712153517,"precision_weighted":0.8086234063887696,"recall_weighted":0.8100558659217877,"f1_weighted":0.808916808614549,"mcc":0.595376201963201,"cohen_kappa":0.5946989877464038,"expected_calibration_error":0.08436005479024253},"training_rows":712,"test_rows":179,"split":"Tested on 179 of 891 rows (20.1%), at random with the shares of classes kept.","fit_seconds":0.3682143,"leak_audit":[{"kind":"id_like","severity":"notice","column":"PassengerId","message":"\u0027PassengerId\u0027 looks like an identifier: the numbers count the rows.","advice":"Leave it out (--drop): new rows will have identifiers that no model has seen.","evidence":{"distinct_share":1,"alike_in_order":0.02133474227103977}}],"notes":["Tested on 179 of 891 rows (20.1%), at random with the shares of classes kept.","3 columns of free text are left out: \u0027Name\u0027, \u0027Ticket\u0027, \u0027Cabin\u0027.","Sets cover 90% by the errors on 178 rows held back from learning (split)."],"run_id":"3c2my3gkz8j79g95hbez1abcw7","model_id":"2psjwa22v0dxewy5w4y4x6rkv3"}',1795260170782,1795260174849,1795260176286,1,0,NULL,0,86400000,47979,4);
INSERT INTO "jobs" VALUES(4,'4as4krd8aav46791c325jj0vcs','train','{"run_id":"1c9yrvb2vkry76km0jds6dmgey","name":"gradient_boosting for Survived","plan":{"target":"Survived","algorithm":"gradient_boosting","hyperparameters":{},"drop":[],"test_size":0.2,"seed":0,"metrics":[]},"preset":null}','1c9yrvb2vkry76km0jds6dmgey','queued',0.0,NULL,NULL,NULL,1795260243812,NULL,NULL,0,0,NULL,0,86400000,0,0);
CREATE TABLE metric_points (
    series bigint not null,
    step bigint not null,
    value double precision,
    primary key (series, step)) without rowid;
INSERT INTO "metric_points" VALUES(1,0,8.04347826086956541047e-01);
INSERT INTO "metric_points" VALUES(1,1,8.56149732620320902398e-01);
INSERT INTO "metric_points" VALUES(1,2,8.57219251336898357962e-01);
INSERT INTO "metric_points" VALUES(1,3,8.44518716577540073942e-01);
INSERT INTO "metric_points" VALUES(1,4,8.82063555378274188889e-01);
INSERT INTO "metric_points" VALUES(2,0,7.92226613965744452805e-01);
INSERT INTO "metric_points" VALUES(2,1,8.35561497326203217461e-01);
INSERT INTO "metric_points" VALUES(2,2,8.76203208556149748531e-01);
INSERT INTO "metric_points" VALUES(2,3,8.8556149732620326187e-01);
INSERT INTO "metric_points" VALUES(2,4,8.81797633293445071167e-01);
INSERT INTO "metric_points" VALUES(3,0,0.797364953886693);
INSERT INTO "metric_points" VALUES(3,1,0.800668449197861);
INSERT INTO "metric_points" VALUES(3,2,8.66042780748663143519e-01);
INSERT INTO "metric_points" VALUES(3,3,8.96390374331550776609e-01);
INSERT INTO "metric_points" VALUES(3,4,8.9801888046802291754e-01);
INSERT INTO "metric_points" VALUES(4,0,0.5);
INSERT INTO "metric_points" VALUES(4,1,0.5);
INSERT INTO "metric_points" VALUES(4,2,0.5);
INSERT INTO "metric_points" VALUES(4,3,0.5);
INSERT INTO "metric_points" VALUES(4,4,0.5);
INSERT INTO "metric_points" VALUES(5,0,6.4123813897259673844e-01);
INSERT INTO "metric_points" VALUES(5,1,0.619109609879358);
INSERT INTO "metric_points" VALUES(5,2,5.98196634583258890494e-01);
INSERT INTO "metric_points" VALUES(5,3,5.79973092965418879352e-01);
INSERT INTO "metric_points" VALUES(5,4,5.62511747249503257783e-01);
INSERT INTO "metric_points" VALUES(5,5,5.46111933580052055781e-01);
INSERT INTO "metric_points" VALUES(5,6,5.31816479865084845712e-01);
INSERT INTO "metric_points" VALUES(5,7,5.17733581503678763624e-01);
INSERT INTO "metric_points" VALUES(5,8,5.04468431075414058817e-01);
INSERT INTO "metric_points" VALUES(5,9,4.92483293184180381807e-01);
INSERT INTO "metric_points" VALUES(5,10,0.481070537580533);
INSERT INTO "metric_points" VALUES(5,11,4.71090493800488285813e-01);
INSERT INTO "metric_points" VALUES(5,12,4.6130080454135208301e-01);
INSERT INTO "metric_points" VALUES(5,13,4.52198392638329726977e-01);
INSERT INTO "metric_points" VALUES(5,14,4.4361677327740950405e-01);
INSERT INTO "metric_points" VALUES(5,15,4.35575599499632815092e-01);
INSERT INTO "metric_points" VALUES(5,16,4.28121088651682080161e-01);
INSERT INTO "metric_points" VALUES(5,17,4.21104867834500184997e-01);
INSERT INTO "metric_points" VALUES(5,18,4.14314796750465119679e-01);
INSERT INTO "metric_points" VALUES(5,19,4.08186902016512920265e-01);
INSERT INTO "metric_points" VALUES(5,20,4.02138419142376635218e-01);
INSERT INTO "metric_points" VALUES(5,21,3.96167224852110089194e-01);
INSERT INTO "metric_points" VALUES(5,22,3.89976609470357615805e-01);
INSERT INTO "metric_points" VALUES(5,23,3.84525302420841152972e-01);
INSERT INTO "metric_points" VALUES(5,24,3.79334011899956136115e-01);
INSERT INTO "metric_points" VALUES(5,25,3.74425706889633835849e-01);
INSERT INTO "metric_points" VALUES(5,26,3.69990592424789155323e-01);
INSERT INTO "metric_points" VALUES(5,27,3.65248982923642551146e-01);
INSERT INTO "metric_points" VALUES(5,28,3.61128960362869233513e-01);
INSERT INTO "metric_points" VALUES(5,29,3.56516415357924554285e-01);
INSERT INTO "metric_points" VALUES(5,30,3.51781319980317752627e-01);
INSERT INTO "metric_points" VALUES(5,31,3.46591569162375046087e-01);
INSERT INTO "metric_points" VALUES(5,32,0.342545372032829);
INSERT INTO "metric_points" VALUES(5,33,3.38867121798157255874e-01);
INSERT INTO "metric_points" VALUES(5,34,3.34575018576914906542e-01);
INSERT INTO "metric_points" VALUES(5,35,3.3110870840899953027e-01);
INSERT INTO "metric_points" VALUES(5,36,3.2672752231387386379e-01);
INSERT INTO "metric_points" VALUES(5,37,3.23566537071368232059e-01);
INSERT INTO "metric_points" VALUES(5,38,3.18784295173173526372e-01);
INSERT INTO "metric_points" VALUES(5,39,3.14466910073987082618e-01);
INSERT INTO "metric_points" VALUES(6,0,6.43857128959794300371e-01);
INSERT INTO "metric_points" VALUES(6,1,6.23845194804601876903e-01);
INSERT INTO "metric_points" VALUES(6,2,6.06050616369567141106e-01);
INSERT INTO "metric_points" VALUES(6,3,5.89684753944087924892e-01);
INSERT INTO "metric_points" VALUES(6,4,5.74780601529435775098e-01);
INSERT INTO "metric_points" VALUES(6,5,5.61714353175136626994e-01);
INSERT INTO "metric_points" VALUES(6,6,0.549044372982153);
INSERT INTO "metric_points" VALUES(6,7,5.37844017231264626133e-01);
INSERT INTO "metric_points" VALUES(6,8,5.27744212630074760461e-01);
INSERT INTO "metric_points" VALUES(6,9,5.17772083841888552946e-01);
INSERT INTO "metric_points" VALUES(6,10,5.09682427737965904057e-01);
INSERT INTO "metric_points" VALUES(6,11,5.01485658757513497185e-01);
INSERT INTO "metric_points" VALUES(6,12,4.92538025092812248306e-01);
INSERT INTO "metric_points" VALUES(6,13,4.86259180740271190757e-01);
INSERT INTO "metric_points" VALUES(6,14,4.78396271776886650162e-01);
INSERT INTO "metric_points" VALUES(6,15,4.73054443491237763819e-01);
INSERT INTO "metric_points" VALUES(6,16,4.68289951289166284098e-01);
INSERT INTO "metric_points" VALUES(6,17,4.62568578273890418373e-01);
INSERT INTO "metric_points" VALUES(6,18,4.5731489943059461245e-01);
INSERT INTO "metric_points" VALUES(6,19,4.5314841405306449662e-01);
INSERT INTO "metric_points" VALUES(6,20,4.48233381746201531292e-01);
INSERT INTO "metric_points" VALUES(6,21,4.44681837821805925337e-01);
INSERT INTO "metric_points" VALUES(6,22,4.42102369732696898196e-01);
INSERT INTO "metric_points" VALUES(6,23,4.39279314359473094242e-01);
INSERT INTO "metric_points" VALUES(6,24,4.36142865422717684875e-01);
INSERT INTO "metric_points" VALUES(6,25,4.33975285449840486595e-01);
INSERT INTO "metric_points" VALUES(6,26,4.32032330700472089191e-01);
INSERT INTO "metric_points" VALUES(6,27,4.28522870735416172571e-01);
INSERT INTO "metric_points" VALUES(6,28,4.26693517485810414058e-01);
INSERT INTO "metric_points" VALUES(6,29,4.24351479296244726846e-01);
INSERT INTO "metric_points" VALUES(6,30,4.22436512881817105569e-01);
INSERT INTO "metric_points" VALUES(6,31,4.2024636818044014408e-01);
INSERT INTO "metric_points" VALUES(6,32,4.18018440502648913614e-01);
INSERT INTO "metric_points" VALUES(6,33,4.16352329057688153035e-01);
INSERT INTO "metric_points" VALUES(6,34,4.13934052073755720524e-01);
INSERT INTO "metric_points" VALUES(6,35,4.1235273156585638965e-01);
INSERT INTO "metric_points" VALUES(6,36,4.09638899685450752485e-01);
INSERT INTO "metric_points" VALUES(6,37,4.07906821403423491823e-01);
INSERT INTO "metric_points" VALUES(6,38,4.05292072546715176351e-01);
INSERT INTO "metric_points" VALUES(6,39,4.01938859560636185808e-01);
CREATE TABLE metric_series (
    sequence integer primary key,
    owner text not null,
    name text not null,
    unique (owner, name));
INSERT INTO "metric_series" VALUES(1,'34xzbdwa86gev0yxk0ng9px74m','gradient_boosting');
INSERT INTO "metric_series" VALUES(2,'34xzbdwa86gev0yxk0ng9px74m','logistic_regression');
INSERT INTO "metric_series" VALUES(3,'34xzbdwa86gev0yxk0ng9px74m','mlp');
INSERT INTO "metric_series" VALUES(4,'34xzbdwa86gev0yxk0ng9px74m','baseline');
INSERT INTO "metric_series" VALUES(5,'3c2my3gkz8j79g95hbez1abcw7','train_log_loss');
INSERT INTO "metric_series" VALUES(6,'3c2my3gkz8j79g95hbez1abcw7','watched_log_loss');
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
INSERT INTO "models" VALUES(1,'5zs4amxx52asw22h0f0e65q2y6','exoplanets_universal',1,'pretrained','gradient_boosting','binary_classification','disposition','["FALSE POSITIVE","PLANET"]','[{"name":"log_period","type":"float64"},{"name":"log_duration","type":"float64"},{"name":"log_depth","type":"float64"},{"name":"log_planet_radius","type":"float64"},{"name":"impact","type":"float64"},{"name":"log_snr","type":"float64"},{"name":"stellar_temperature","type":"float64"},{"name":"surface_gravity","type":"float64"},{"name":"log_stellar_radius","type":"float64"},{"name":"log_stellar_density","type":"float64"},{"name":"magnitude","type":"float64"},{"name":"log_distance","type":"float64"},{"name":"log_insolation","type":"float64"},{"name":"log_duration_ratio","type":"float64"},{"name":"log_depth_ratio","type":"float64"},{"name":"log_period_error","type":"float64"},{"name":"log_duration_error","type":"float64"},{"name":"log_depth_error","type":"float64"},{"name":"log_radius_error","type":"float64"},{"name":"temperature_error","type":"float64"},{"name":"gravity_error","type":"float64"},{"name":"log_stellar_radius_error","type":"float64"},{"name":"log_proper_motion","type":"float64"},{"name":"galactic_latitude","type":"float64"},{"name":"objects_of_star","type":"float64"}]','{"accuracy":0.9321,"balanced_accuracy":0.931,"f1_macro":0.9304,"log_loss":0.1702,"roc_auc":0.9818,"expected_calibration_error":0.0095,"kepler.accuracy":0.9461,"kepler.balanced_accuracy":0.9424,"kepler.f1_macro":0.9417,"kepler.log_loss":0.138,"kepler.roc_auc":0.9871,"kepler.expected_calibration_error":0.0104,"kepler_never_seen.accuracy":0.8762,"kepler_never_seen.balanced_accuracy":0.8907,"kepler_never_seen.f1_macro":0.8714,"kepler_never_seen.log_loss":0.2873,"kepler_never_seen.roc_auc":0.9659,"kepler_never_seen.expected_calibration_error":0.0105,"tess.accuracy":0.8767,"tess.balanced_accuracy":0.8767,"tess.f1_macro":0.8767,"tess.log_loss":0.2916,"tess.roc_auc":0.9484,"tess.expected_calibration_error":0.0085,"tess_never_seen.accuracy":0.7463,"tess_never_seen.balanced_accuracy":0.7444,"tess_never_seen.f1_macro":0.7377,"tess_never_seen.log_loss":0.5436,"tess_never_seen.roc_auc":0.875,"tess_never_seen.expected_calibration_error":0.0874,"k2.accuracy":0.9759,"k2.balanced_accuracy":0.9657,"k2.f1_macro":0.971,"k2.log_loss":0.0902,"k2.roc_auc":0.99,"k2.expected_calibration_error":0.0157,"k2_never_seen.accuracy":0.3614,"k2_never_seen.balanced_accuracy":0.5431,"k2_never_seen.f1_macro":0.3221,"k2_never_seen.log_loss":1.4618,"k2_never_seen.roc_auc":0.98,"k2_never_seen.expected_calibration_error":0.5204}',NULL,NULL,'6556009da72909a39193bcf48169e4a1a69198b5d31a5a3174fd679bb1407e72',226100,1795260165168);
INSERT INTO "models" VALUES(2,'25twfn663x874rr9crv31pj4c7','exoplanets_kepler',1,'pretrained','gradient_boosting','multiclass_classification','koi_disposition','["CANDIDATE","CONFIRMED","FALSE POSITIVE"]','[{"name":"log_period","type":"float64"},{"name":"log_duration","type":"float64"},{"name":"log_depth","type":"float64"},{"name":"log_planet_radius","type":"float64"},{"name":"impact","type":"float64"},{"name":"log_snr","type":"float64"},{"name":"stellar_temperature","type":"float64"},{"name":"surface_gravity","type":"float64"},{"name":"log_stellar_radius","type":"float64"},{"name":"log_stellar_density","type":"float64"},{"name":"magnitude","type":"float64"},{"name":"log_distance","type":"float64"},{"name":"log_insolation","type":"float64"},{"name":"log_duration_ratio","type":"float64"},{"name":"log_depth_ratio","type":"float64"},{"name":"log_period_error","type":"float64"},{"name":"log_duration_error","type":"float64"},{"name":"log_depth_error","type":"float64"},{"name":"log_radius_error","type":"float64"},{"name":"temperature_error","type":"float64"},{"name":"gravity_error","type":"float64"},{"name":"log_stellar_radius_error","type":"float64"},{"name":"log_proper_motion","type":"float64"},{"name":"galactic_latitude","type":"float64"},{"name":"objects_of_star","type":"float64"}]','{"accuracy":0.8035,"balanced_accuracy":0.7564,"f1_macro":0.7603,"log_loss":0.4585,"roc_auc":0.9261,"expected_calibration_error":0.0077}',NULL,NULL,'5650d93e8bc2784f45c0a22deb2959d1ca8189d84d1fb02aeb5e704b69855a6c',418511,1795260165224);
INSERT INTO "models" VALUES(3,'4p6f56skz8aesysjm1dd6yg1bs','exoplanets_tess',1,'pretrained','gradient_boosting','binary_classification','tfopwg_disp','["FALSE POSITIVE","PLANET"]','[{"name":"log_period","type":"float64"},{"name":"log_duration","type":"float64"},{"name":"log_depth","type":"float64"},{"name":"log_planet_radius","type":"float64"},{"name":"impact","type":"float64"},{"name":"log_snr","type":"float64"},{"name":"stellar_temperature","type":"float64"},{"name":"surface_gravity","type":"float64"},{"name":"log_stellar_radius","type":"float64"},{"name":"log_stellar_density","type":"float64"},{"name":"magnitude","type":"float64"},{"name":"log_distance","type":"float64"},{"name":"log_insolation","type":"float64"},{"name":"log_duration_ratio","type":"float64"},{"name":"log_depth_ratio","type":"float64"},{"name":"log_period_error","type":"float64"},{"name":"log_duration_error","type":"float64"},{"name":"log_depth_error","type":"float64"},{"name":"log_radius_error","type":"float64"},{"name":"temperature_error","type":"float64"},{"name":"gravity_error","type":"float64"},{"name":"log_stellar_radius_error","type":"float64"},{"name":"log_proper_motion","type":"float64"},{"name":"galactic_latitude","type":"float64"},{"name":"objects_of_star","type":"float64"}]','{"accuracy":0.8868,"balanced_accuracy":0.8869,"f1_macro":0.8868,"log_loss":0.2722,"roc_auc":0.9553,"expected_calibration_error":0.0119}',NULL,NULL,'98a19f1b27c4bf48ed7bcea3a941d143ec9ea7fb1e67fa0a76b475158f57ff5d',221423,1795260165248);
INSERT INTO "models" VALUES(4,'2t10jqj0he7kvn43psdqcxhv1a','exoplanets_k2',1,'pretrained','gradient_boosting','multiclass_classification','disposition','["CANDIDATE","CONFIRMED","FALSE POSITIVE"]','[{"name":"log_period","type":"float64"},{"name":"log_duration","type":"float64"},{"name":"log_depth","type":"float64"},{"name":"log_planet_radius","type":"float64"},{"name":"impact","type":"float64"},{"name":"log_snr","type":"float64"},{"name":"stellar_temperature","type":"float64"},{"name":"surface_gravity","type":"float64"},{"name":"log_stellar_radius","type":"float64"},{"name":"log_stellar_density","type":"float64"},{"name":"magnitude","type":"float64"},{"name":"log_distance","type":"float64"},{"name":"log_insolation","type":"float64"},{"name":"log_duration_ratio","type":"float64"},{"name":"log_depth_ratio","type":"float64"},{"name":"log_period_error","type":"float64"},{"name":"log_duration_error","type":"float64"},{"name":"log_depth_error","type":"float64"},{"name":"log_radius_error","type":"float64"},{"name":"temperature_error","type":"float64"},{"name":"gravity_error","type":"float64"},{"name":"log_stellar_radius_error","type":"float64"},{"name":"log_proper_motion","type":"float64"},{"name":"galactic_latitude","type":"float64"},{"name":"objects_of_star","type":"float64"}]','{"accuracy":0.8771,"balanced_accuracy":0.8439,"f1_macro":0.854,"log_loss":0.3241,"roc_auc":0.961,"expected_calibration_error":0.017}',NULL,NULL,'906f048521d027c08b3d8f7fd7eb2f4b1a46cc1c6e31e7e1a655e05dabb86681',401402,1795260165267);
INSERT INTO "models" VALUES(5,'2psjwa22v0dxewy5w4y4x6rkv3','gradient_boosting for Survived',1,'trained','gradient_boosting','binary_classification','Survived','["0","1"]','[{"name":"PassengerId","type":"int64"},{"name":"Pclass","type":"int64"},{"name":"Name","type":"text"},{"name":"Sex","type":"category","levels":["female","male"]},{"name":"Age","type":"float64"},{"name":"SibSp","type":"int64"},{"name":"Parch","type":"int64"},{"name":"Ticket","type":"text"},{"name":"Fare","type":"float64"},{"name":"Cabin","type":"text"},{"name":"Embarked","type":"category","levels":["C","Q","S"]}]','{"accuracy":0.8100558659217877,"balanced_accuracy":0.794137022397892,"roc_auc":0.8789196310935441,"average_precision":0.8596371828256101,"log_loss":0.48019557911316657,"brier":0.1351701370996014,"precision":0.7692307692307693,"recall":0.7246376811594203,"f1":0.7462686567164178,"precision_macro":0.8012820512820513,"recall_macro":0.794137022397892,"f1_macro":0.7972414712153517,"precision_weighted":0.8086234063887696,"recall_weighted":0.8100558659217877,"f1_weighted":0.808916808614549,"mcc":0.595376201963201,"cohen_kappa":0.5946989877464038,"expected_calibration_error":0.08436005479024253}','3c2my3gkz8j79g95hbez1abcw7',NULL,'c37b078cef822639436debf75160b7480c0e414306554cb47c826ff50e098cf9',359099,1795260176283);
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
INSERT INTO "runs" VALUES(1,'3c2my3gkz8j79g95hbez1abcw7','gradient_boosting for Survived','0fkmxjwjcwf6yfmek61h2gn3vt','titanic',NULL,'{"target":"Survived","algorithm":"gradient_boosting","hyperparameters":{},"drop":[],"test_size":0.2,"seed":0,"intervals":0.9,"metrics":[]}','5e8qv0jr1w47g5wm9rc78ht1vt','{}','{}','{"accuracy":0.8100558659217877,"balanced_accuracy":0.794137022397892,"roc_auc":0.8789196310935441,"average_precision":0.8596371828256101,"log_loss":0.48019557911316657,"brier":0.1351701370996014,"precision":0.7692307692307693,"recall":0.7246376811594203,"f1":0.7462686567164178,"precision_macro":0.8012820512820513,"recall_macro":0.794137022397892,"f1_macro":0.7972414712153517,"precision_weighted":0.8086234063887696,"recall_weighted":0.8100558659217877,"f1_weighted":0.808916808614549,"mcc":0.595376201963201,"cohen_kappa":0.5946989877464038,"expected_calibration_error":0.08436005479024253}','2psjwa22v0dxewy5w4y4x6rkv3','["Tested on 179 of 891 rows (20.1%), at random with the shares of classes kept.","3 columns of free text are left out: \u0027Name\u0027, \u0027Ticket\u0027, \u0027Cabin\u0027.","Sets cover 90% by the errors on 178 rows held back from learning (split)."]',1795260170783);
INSERT INTO "runs" VALUES(2,'1c9yrvb2vkry76km0jds6dmgey','gradient_boosting for Survived','0fkmxjwjcwf6yfmek61h2gn3vt','titanic',NULL,'{"target":"Survived","algorithm":"gradient_boosting","hyperparameters":{},"drop":[],"test_size":0.2,"seed":0,"metrics":[]}','4as4krd8aav46791c325jj0vcs','{}','{}','{}',NULL,'[]',1795260243812);
CREATE TABLE schema_migrations (number integer primary key, name text not null, applied_at bigint not null);
INSERT INTO "schema_migrations" VALUES(1,'first light',1795260164407);
INSERT INTO "schema_migrations" VALUES(2,'comparisons',1795260164478);
CREATE TABLE uses (
    subject text not null,
    job_id text not null,
    primary key (subject, job_id));
INSERT INTO "uses" VALUES('dataset/0fkmxjwjcwf6yfmek61h2gn3vt','4as4krd8aav46791c325jj0vcs');
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
