BEGIN TRANSACTION;
CREATE TABLE artifacts (
    owner text not null,
    name text not null,
    hash text not null,
    bytes bigint not null,
    primary key (owner, name));
INSERT INTO "artifacts" VALUES('4qr4edc9jfp6jrf5anjmpk63hb','evaluation.json','d4ddcb5580fb699dd1f106001a994571de6bbea581258994c04ecb9d4ab0c1ac',120810);
INSERT INTO "artifacts" VALUES('4qr4edc9jfp6jrf5anjmpk63hb','model.strata','6ca9af355d987a0656ee5386cc19263b328dc458a62f843183d90222ddc17df2',817164);
INSERT INTO "artifacts" VALUES('4qr4edc9jfp6jrf5anjmpk63hb','rows.frame','7eba29ba28fe2c0ce8df7a07755fb0ec4081bd5fe86665eb5c5f413f8b87a112',402621);
INSERT INTO "artifacts" VALUES('4qr4edc9jfp6jrf5anjmpk63hb','worst_rows.frame','12bf4a896ac26494f46c7afba390c0a1ac724ba2ef546f6434d21256720154e4',402621);
CREATE TABLE dataset_profiles (
    dataset_id text not null,
    target text not null,
    hash text not null,
    primary key (dataset_id, target));
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
INSERT INTO "datasets" VALUES(1,'3whgvsn7rctzn283257n7jjjpd','Kepler objects of interest, simulated',1,'simulated','ready',NULL,'ec44cd2254f7af927d3d8b0aa8f7b13fbd6647e1e12946c61235cb10bbc0d4dc','kepler_simulated_seed1.csv',1288729,'{}','27384e32a03271bd17fe891c1344e84074c1b4a8be038592db5c7543463d7995','9e2f86ea02a3406b8962ed491daa8e7ff21d440167d4e691b9d20956ca8d820b','f8f1f238cf46d63daf2dd97672ff50feaa81e484617848846291eaa7cf106a7f',4182,49,'[{"name":"kepid","type":"int64"},{"name":"kepoi_name","type":"text"},{"name":"kepler_name","type":"text"},{"name":"koi_disposition","type":"category"},{"name":"koi_pdisposition","type":"category"},{"name":"koi_score","type":"float64"},{"name":"koi_fpflag_nt","type":"int64"},{"name":"koi_fpflag_ss","type":"int64"},{"name":"koi_fpflag_co","type":"int64"},{"name":"koi_fpflag_ec","type":"int64"},{"name":"koi_period","type":"float64"},{"name":"koi_period_err1","type":"float64"},{"name":"koi_period_err2","type":"float64"},{"name":"koi_time0bk","type":"float64"},{"name":"koi_time0bk_err1","type":"float64"},{"name":"koi_time0bk_err2","type":"float64"},{"name":"koi_impact","type":"float64"},{"name":"koi_impact_err1","type":"float64"},{"name":"koi_impact_err2","type":"float64"},{"name":"koi_duration","type":"float64"},{"name":"koi_duration_err1","type":"float64"},{"name":"koi_duration_err2","type":"float64"},{"name":"koi_depth","type":"float64"},{"name":"koi_depth_err1","type":"float64"},{"name":"koi_depth_err2","type":"float64"},{"name":"koi_prad","type":"float64"},{"name":"koi_prad_err1","type":"float64"},{"name":"koi_prad_err2","type":"float64"},{"name":"koi_teq","type":"int64"},{"name":"koi_teq_err1","type":"float64"},{"name":"koi_teq_err2","type":"float64"},{"name":"koi_insol","type":"float64"},{"name":"koi_insol_err1","type":"float64"},{"name":"koi_insol_err2","type":"float64"},{"name":"koi_model_snr","type":"float64"},{"name":"koi_tce_plnt_num","type":"int64"},{"name":"koi_tce_delivname","type":"category"},{"name":"koi_steff","type":"int64"},{"name":"koi_steff_err1","type":"int64"},{"name":"koi_steff_err2","type":"int64"},{"name":"koi_slogg","type":"float64"},{"name":"koi_slogg_err1","type":"float64"},{"name":"koi_slogg_err2","type":"float64"},{"name":"koi_srad","type":"float64"},{"name":"koi_srad_err1","type":"float64"},{"name":"koi_srad_err2","type":"float64"},{"name":"ra","type":"float64"},{"name":"dec","type":"float64"},{"name":"koi_kepmag","type":"float64"}]','[]','koi_disposition','exoplanets.kepler','1gm14jhdhythsn1qmwrpj6h4c2',1795239754993);
CREATE TABLE job_inputs (
    job_id text not null,
    name text not null,
    hash text not null,
    primary key (job_id, name));
INSERT INTO "job_inputs" VALUES('1gm14jhdhythsn1qmwrpj6h4c2','original','27384e32a03271bd17fe891c1344e84074c1b4a8be038592db5c7543463d7995');
INSERT INTO "job_inputs" VALUES('5qxprft9wxv4fkvf2vejkfk4rk','table','9e2f86ea02a3406b8962ed491daa8e7ff21d440167d4e691b9d20956ca8d820b');
CREATE TABLE job_log (
    job_id text not null,
    number bigint not null,
    time bigint not null,
    text text not null,
    primary key (job_id, number)) without rowid;
INSERT INTO "job_log" VALUES('4zneexkpzpmhp9gkdwwc3p9a35',1,1795239754813,'Simulated survey, seed 1: no row is an observation.');
INSERT INTO "job_log" VALUES('5qxprft9wxv4fkvf2vejkfk4rk',1,1795239755772,'4182 rows, 49 columns; target ''koi_disposition'', algorithm gradient_boosting, seed 1, 2 threads.');
INSERT INTO "job_log" VALUES('5qxprft9wxv4fkvf2vejkfk4rk',2,1795239755772,'The preset recommends trees = 400, learning_rate = 0.03, max_leaves = 15, min_rows_per_leaf = 10, l2 = 5, row_fraction = 0.8, column_fraction = 0.5.');
INSERT INTO "job_log" VALUES('5qxprft9wxv4fkvf2vejkfk4rk',3,1795239759448,'Fitted on 3346 rows in 1.28 s. Tested on 836 of 4182 rows (20%), none of the 3698 groups split apart, shares of classes kept as far as that allows.');
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
INSERT INTO "jobs" VALUES(1,'4zneexkpzpmhp9gkdwwc3p9a35','fetch_source','{"source":"kepler_simulated","seed":1,"cache_folder":"/data/cache","row_count":4000}','4zneexkpzpmhp9gkdwwc3p9a35','completed',100.0,'Simulated 4182 rows',NULL,'{"dataset_id":"3whgvsn7rctzn283257n7jjjpd"}',1795239754348,1795239754626,1795239755008,1,0,NULL,0,86400000,441,1);
INSERT INTO "jobs" VALUES(2,'1gm14jhdhythsn1qmwrpj6h4c2','read_dataset','{"dataset_id":"3whgvsn7rctzn283257n7jjjpd","file_name":"kepler_simulated_seed1.csv","types":{}}','1gm14jhdhythsn1qmwrpj6h4c2','completed',100.0,'Profiling the columns',NULL,'{"dataset_id":"3whgvsn7rctzn283257n7jjjpd","row_count":4182,"column_count":49}',1795239754997,1795239755231,1795239755444,1,0,NULL,0,86400000,325,0);
INSERT INTO "jobs" VALUES(3,'5qxprft9wxv4fkvf2vejkfk4rk','train','{"run_id":"4qr4edc9jfp6jrf5anjmpk63hb","name":"Demo: planets or not","plan":{"target":"koi_disposition","algorithm":"gradient_boosting","hyperparameters":{},"drop":[],"test_size":0.2,"seed":1},"preset":"exoplanets.kepler"}','4qr4edc9jfp6jrf5anjmpk63hb','completed',100.0,'Writing the results',NULL,'{"algorithm":"gradient_boosting","metrics":{"accuracy":0.7799043062200957,"balanced_accuracy":0.7162848436904032,"roc_auc":0.8701387628104018,"average_precision":0.744697308078317,"log_loss":0.5912931000856977,"brier":0.33440783012531755,"precision_macro":0.7240630638099085,"recall_macro":0.7162848436904032,"f1_macro":0.7143782560931687,"precision_weighted":0.7691352870527299,"recall_weighted":0.7799043062200957,"f1_weighted":0.7706830534675331,"mcc":0.6401070428717803,"cohen_kappa":0.6372511796930087,"expected_calibration_error":0.03580515505062922},"training_rows":3346,"test_rows":836,"split":"Tested on 836 of 4182 rows (20%), none of the 3698 groups split apart, shares of classes kept as far as that allows.","fit_seconds":1.2821252,"notes":["Tested on 836 of 4182 rows (20%), none of the 3698 groups split apart, shares of classes kept as far as that allows.","The preset recommends trees = 400, learning_rate = 0.03, max_leaves = 15, min_rows_per_leaf = 10, l2 = 5, row_fraction = 0.8, column_fraction = 0.5."],"run_id":"4qr4edc9jfp6jrf5anjmpk63hb","model_id":"5bpx29xxej5a9mpsztcydwgmnf"}',1795239755521,1795239755757,1795239759690,1,0,NULL,0,86400000,95821,3);
CREATE TABLE metric_points (
    series bigint not null,
    step bigint not null,
    value double precision,
    primary key (series, step)) without rowid;
INSERT INTO "metric_points" VALUES(1,0,1.00080242115298356786e+00);
INSERT INTO "metric_points" VALUES(1,1,9.82017709121544513095e-01);
INSERT INTO "metric_points" VALUES(1,2,9.62350624874545923503e-01);
INSERT INTO "metric_points" VALUES(1,3,9.46242298808414261657e-01);
INSERT INTO "metric_points" VALUES(1,4,9.30877961801755859916e-01);
INSERT INTO "metric_points" VALUES(1,5,9.1566082737222087573e-01);
INSERT INTO "metric_points" VALUES(1,6,9.01667156069134834162e-01);
INSERT INTO "metric_points" VALUES(1,7,8.88238262627841557161e-01);
INSERT INTO "metric_points" VALUES(1,8,8.75488246637978195785e-01);
INSERT INTO "metric_points" VALUES(1,9,8.62786991807848679947e-01);
INSERT INTO "metric_points" VALUES(1,10,0.849840940024706);
INSERT INTO "metric_points" VALUES(1,11,8.38754595109822198573e-01);
INSERT INTO "metric_points" VALUES(1,12,8.28167224689222547517e-01);
INSERT INTO "metric_points" VALUES(1,13,8.16735689111334539624e-01);
INSERT INTO "metric_points" VALUES(1,14,8.06254470439208059673e-01);
INSERT INTO "metric_points" VALUES(1,15,7.96200229550861560134e-01);
INSERT INTO "metric_points" VALUES(1,16,0.786847435378843);
INSERT INTO "metric_points" VALUES(1,17,7.77761684453423307594e-01);
INSERT INTO "metric_points" VALUES(1,18,7.68739575968840460618e-01);
INSERT INTO "metric_points" VALUES(1,19,7.61821107973399747059e-01);
INSERT INTO "metric_points" VALUES(1,20,7.5384708123868338081e-01);
INSERT INTO "metric_points" VALUES(1,21,7.46709354520200374594e-01);
INSERT INTO "metric_points" VALUES(1,22,0.739572446946961);
INSERT INTO "metric_points" VALUES(1,23,7.31770387405915934131e-01);
INSERT INTO "metric_points" VALUES(1,24,7.25081854917941748261e-01);
INSERT INTO "metric_points" VALUES(1,25,7.17530490566675172026e-01);
INSERT INTO "metric_points" VALUES(1,26,7.11100926748557626844e-01);
INSERT INTO "metric_points" VALUES(1,27,7.04756228695247788351e-01);
INSERT INTO "metric_points" VALUES(1,28,6.993975599039762292e-01);
INSERT INTO "metric_points" VALUES(1,29,6.93476549256759944306e-01);
INSERT INTO "metric_points" VALUES(1,30,6.87605248295434234862e-01);
INSERT INTO "metric_points" VALUES(1,31,0.682583353812297);
INSERT INTO "metric_points" VALUES(1,32,6.77802906148425088339e-01);
INSERT INTO "metric_points" VALUES(1,33,6.72945608756211566259e-01);
INSERT INTO "metric_points" VALUES(1,34,6.67578588411862128282e-01);
INSERT INTO "metric_points" VALUES(1,35,6.62852362911642734033e-01);
INSERT INTO "metric_points" VALUES(1,36,6.58274770344151605172e-01);
INSERT INTO "metric_points" VALUES(1,37,6.53720983174377323621e-01);
INSERT INTO "metric_points" VALUES(1,38,6.48793121253168680873e-01);
INSERT INTO "metric_points" VALUES(1,39,6.44405411132174310573e-01);
INSERT INTO "metric_points" VALUES(2,0,1.00207376216302068705e+00);
INSERT INTO "metric_points" VALUES(2,1,9.84442700538338710813e-01);
INSERT INTO "metric_points" VALUES(2,2,9.66785762940297277445e-01);
INSERT INTO "metric_points" VALUES(2,3,9.51658278846284400032e-01);
INSERT INTO "metric_points" VALUES(2,4,9.37645837022927364223e-01);
INSERT INTO "metric_points" VALUES(2,5,9.23562594007647175153e-01);
INSERT INTO "metric_points" VALUES(2,6,9.11042349618017333057e-01);
INSERT INTO "metric_points" VALUES(2,7,8.99249216372316584333e-01);
INSERT INTO "metric_points" VALUES(2,8,8.88027563263354635658e-01);
INSERT INTO "metric_points" VALUES(2,9,0.876961874298787);
INSERT INTO "metric_points" VALUES(2,10,8.6557927731264150406e-01);
INSERT INTO "metric_points" VALUES(2,11,8.56442627082601104504e-01);
INSERT INTO "metric_points" VALUES(2,12,8.47082060489928290181e-01);
INSERT INTO "metric_points" VALUES(2,13,8.37353952442915216991e-01);
INSERT INTO "metric_points" VALUES(2,14,8.28292652073374213728e-01);
INSERT INTO "metric_points" VALUES(2,15,8.19939345513519435293e-01);
INSERT INTO "metric_points" VALUES(2,16,8.12059321685841162263e-01);
INSERT INTO "metric_points" VALUES(2,17,8.04440569079093337201e-01);
INSERT INTO "metric_points" VALUES(2,18,0.796637138396359);
INSERT INTO "metric_points" VALUES(2,19,7.90221837861686204895e-01);
INSERT INTO "metric_points" VALUES(2,20,7.83587583585789282381e-01);
INSERT INTO "metric_points" VALUES(2,21,7.77446549367961647902e-01);
INSERT INTO "metric_points" VALUES(2,22,7.71554930857494158935e-01);
INSERT INTO "metric_points" VALUES(2,23,7.64939323780639335303e-01);
INSERT INTO "metric_points" VALUES(2,24,7.59798846746745915048e-01);
INSERT INTO "metric_points" VALUES(2,25,7.53574367755195151374e-01);
INSERT INTO "metric_points" VALUES(2,26,7.4830413666781059323e-01);
INSERT INTO "metric_points" VALUES(2,27,7.43711386375022320827e-01);
INSERT INTO "metric_points" VALUES(2,28,7.39880500512830385773e-01);
INSERT INTO "metric_points" VALUES(2,29,7.35290395158329612712e-01);
INSERT INTO "metric_points" VALUES(2,30,7.30438796830091718881e-01);
INSERT INTO "metric_points" VALUES(2,31,7.26688762476141891788e-01);
INSERT INTO "metric_points" VALUES(2,32,7.23054365000941556829e-01);
INSERT INTO "metric_points" VALUES(2,33,7.19485617461101845115e-01);
INSERT INTO "metric_points" VALUES(2,34,7.155491392079152968e-01);
INSERT INTO "metric_points" VALUES(2,35,7.11707881584977442024e-01);
INSERT INTO "metric_points" VALUES(2,36,7.08334157341404924146e-01);
INSERT INTO "metric_points" VALUES(2,37,7.04754019771038575647e-01);
INSERT INTO "metric_points" VALUES(2,38,7.0129696885792258687e-01);
INSERT INTO "metric_points" VALUES(2,39,6.98032839018762452099e-01);
CREATE TABLE metric_series (
    sequence integer primary key,
    owner text not null,
    name text not null,
    unique (owner, name));
INSERT INTO "metric_series" VALUES(1,'4qr4edc9jfp6jrf5anjmpk63hb','train_log_loss');
INSERT INTO "metric_series" VALUES(2,'4qr4edc9jfp6jrf5anjmpk63hb','watched_log_loss');
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
INSERT INTO "models" VALUES(1,'2ze3raenwhm7s6myzg4eek4mcy','exoplanets_universal',1,'pretrained','gradient_boosting','binary_classification','disposition','["FALSE POSITIVE","PLANET"]','[{"name":"log_period","type":"float64"},{"name":"log_duration","type":"float64"},{"name":"log_depth","type":"float64"},{"name":"log_planet_radius","type":"float64"},{"name":"impact","type":"float64"},{"name":"log_snr","type":"float64"},{"name":"stellar_temperature","type":"float64"},{"name":"surface_gravity","type":"float64"},{"name":"log_stellar_radius","type":"float64"},{"name":"log_stellar_density","type":"float64"},{"name":"magnitude","type":"float64"},{"name":"log_distance","type":"float64"},{"name":"log_insolation","type":"float64"},{"name":"log_duration_ratio","type":"float64"},{"name":"log_depth_ratio","type":"float64"},{"name":"log_period_error","type":"float64"},{"name":"log_duration_error","type":"float64"},{"name":"log_depth_error","type":"float64"},{"name":"log_radius_error","type":"float64"},{"name":"temperature_error","type":"float64"},{"name":"gravity_error","type":"float64"},{"name":"log_stellar_radius_error","type":"float64"},{"name":"log_proper_motion","type":"float64"},{"name":"galactic_latitude","type":"float64"},{"name":"objects_of_star","type":"float64"}]','{"accuracy":0.9321,"balanced_accuracy":0.931,"f1_macro":0.9304,"log_loss":0.1702,"roc_auc":0.9818,"expected_calibration_error":0.0095,"kepler.accuracy":0.9461,"kepler.balanced_accuracy":0.9424,"kepler.f1_macro":0.9417,"kepler.log_loss":0.138,"kepler.roc_auc":0.9871,"kepler.expected_calibration_error":0.0104,"kepler_never_seen.accuracy":0.8762,"kepler_never_seen.balanced_accuracy":0.8907,"kepler_never_seen.f1_macro":0.8714,"kepler_never_seen.log_loss":0.2873,"kepler_never_seen.roc_auc":0.9659,"kepler_never_seen.expected_calibration_error":0.0105,"tess.accuracy":0.8767,"tess.balanced_accuracy":0.8767,"tess.f1_macro":0.8767,"tess.log_loss":0.2916,"tess.roc_auc":0.9484,"tess.expected_calibration_error":0.0085,"tess_never_seen.accuracy":0.7463,"tess_never_seen.balanced_accuracy":0.7444,"tess_never_seen.f1_macro":0.7377,"tess_never_seen.log_loss":0.5436,"tess_never_seen.roc_auc":0.875,"tess_never_seen.expected_calibration_error":0.0874,"k2.accuracy":0.9759,"k2.balanced_accuracy":0.9657,"k2.f1_macro":0.971,"k2.log_loss":0.0902,"k2.roc_auc":0.99,"k2.expected_calibration_error":0.0157,"k2_never_seen.accuracy":0.3614,"k2_never_seen.balanced_accuracy":0.5431,"k2_never_seen.f1_macro":0.3221,"k2_never_seen.log_loss":1.4618,"k2_never_seen.roc_auc":0.98,"k2_never_seen.expected_calibration_error":0.5204}',NULL,NULL,'6556009da72909a39193bcf48169e4a1a69198b5d31a5a3174fd679bb1407e72',226100,1795239753952);
INSERT INTO "models" VALUES(2,'5rhdeh0h1n9yjp25005pjgs6zx','exoplanets_kepler',1,'pretrained','gradient_boosting','multiclass_classification','koi_disposition','["CANDIDATE","CONFIRMED","FALSE POSITIVE"]','[{"name":"log_period","type":"float64"},{"name":"log_duration","type":"float64"},{"name":"log_depth","type":"float64"},{"name":"log_planet_radius","type":"float64"},{"name":"impact","type":"float64"},{"name":"log_snr","type":"float64"},{"name":"stellar_temperature","type":"float64"},{"name":"surface_gravity","type":"float64"},{"name":"log_stellar_radius","type":"float64"},{"name":"log_stellar_density","type":"float64"},{"name":"magnitude","type":"float64"},{"name":"log_distance","type":"float64"},{"name":"log_insolation","type":"float64"},{"name":"log_duration_ratio","type":"float64"},{"name":"log_depth_ratio","type":"float64"},{"name":"log_period_error","type":"float64"},{"name":"log_duration_error","type":"float64"},{"name":"log_depth_error","type":"float64"},{"name":"log_radius_error","type":"float64"},{"name":"temperature_error","type":"float64"},{"name":"gravity_error","type":"float64"},{"name":"log_stellar_radius_error","type":"float64"},{"name":"log_proper_motion","type":"float64"},{"name":"galactic_latitude","type":"float64"},{"name":"objects_of_star","type":"float64"}]','{"accuracy":0.8035,"balanced_accuracy":0.7564,"f1_macro":0.7603,"log_loss":0.4585,"roc_auc":0.9261,"expected_calibration_error":0.0077}',NULL,NULL,'5650d93e8bc2784f45c0a22deb2959d1ca8189d84d1fb02aeb5e704b69855a6c',418511,1795239754001);
INSERT INTO "models" VALUES(3,'5wk7y48pypwph7wyqer5bhn979','exoplanets_tess',1,'pretrained','gradient_boosting','binary_classification','tfopwg_disp','["FALSE POSITIVE","PLANET"]','[{"name":"log_period","type":"float64"},{"name":"log_duration","type":"float64"},{"name":"log_depth","type":"float64"},{"name":"log_planet_radius","type":"float64"},{"name":"impact","type":"float64"},{"name":"log_snr","type":"float64"},{"name":"stellar_temperature","type":"float64"},{"name":"surface_gravity","type":"float64"},{"name":"log_stellar_radius","type":"float64"},{"name":"log_stellar_density","type":"float64"},{"name":"magnitude","type":"float64"},{"name":"log_distance","type":"float64"},{"name":"log_insolation","type":"float64"},{"name":"log_duration_ratio","type":"float64"},{"name":"log_depth_ratio","type":"float64"},{"name":"log_period_error","type":"float64"},{"name":"log_duration_error","type":"float64"},{"name":"log_depth_error","type":"float64"},{"name":"log_radius_error","type":"float64"},{"name":"temperature_error","type":"float64"},{"name":"gravity_error","type":"float64"},{"name":"log_stellar_radius_error","type":"float64"},{"name":"log_proper_motion","type":"float64"},{"name":"galactic_latitude","type":"float64"},{"name":"objects_of_star","type":"float64"}]','{"accuracy":0.8868,"balanced_accuracy":0.8869,"f1_macro":0.8868,"log_loss":0.2722,"roc_auc":0.9553,"expected_calibration_error":0.0119}',NULL,NULL,'98a19f1b27c4bf48ed7bcea3a941d143ec9ea7fb1e67fa0a76b475158f57ff5d',221423,1795239754018);
INSERT INTO "models" VALUES(4,'1n1kgv8aywvheszn6qaj3g3x9q','exoplanets_k2',1,'pretrained','gradient_boosting','multiclass_classification','disposition','["CANDIDATE","CONFIRMED","FALSE POSITIVE"]','[{"name":"log_period","type":"float64"},{"name":"log_duration","type":"float64"},{"name":"log_depth","type":"float64"},{"name":"log_planet_radius","type":"float64"},{"name":"impact","type":"float64"},{"name":"log_snr","type":"float64"},{"name":"stellar_temperature","type":"float64"},{"name":"surface_gravity","type":"float64"},{"name":"log_stellar_radius","type":"float64"},{"name":"log_stellar_density","type":"float64"},{"name":"magnitude","type":"float64"},{"name":"log_distance","type":"float64"},{"name":"log_insolation","type":"float64"},{"name":"log_duration_ratio","type":"float64"},{"name":"log_depth_ratio","type":"float64"},{"name":"log_period_error","type":"float64"},{"name":"log_duration_error","type":"float64"},{"name":"log_depth_error","type":"float64"},{"name":"log_radius_error","type":"float64"},{"name":"temperature_error","type":"float64"},{"name":"gravity_error","type":"float64"},{"name":"log_stellar_radius_error","type":"float64"},{"name":"log_proper_motion","type":"float64"},{"name":"galactic_latitude","type":"float64"},{"name":"objects_of_star","type":"float64"}]','{"accuracy":0.8771,"balanced_accuracy":0.8439,"f1_macro":0.854,"log_loss":0.3241,"roc_auc":0.961,"expected_calibration_error":0.017}',NULL,NULL,'906f048521d027c08b3d8f7fd7eb2f4b1a46cc1c6e31e7e1a655e05dabb86681',401402,1795239754040);
INSERT INTO "models" VALUES(5,'5bpx29xxej5a9mpsztcydwgmnf','Demo: planets or not',1,'trained','gradient_boosting','multiclass_classification','koi_disposition','["CANDIDATE","CONFIRMED","FALSE POSITIVE"]','[{"name":"koi_period","type":"float64"},{"name":"koi_period_err1","type":"float64"},{"name":"koi_period_err2","type":"float64"},{"name":"koi_time0bk","type":"float64"},{"name":"koi_time0bk_err1","type":"float64"},{"name":"koi_time0bk_err2","type":"float64"},{"name":"koi_impact","type":"float64"},{"name":"koi_impact_err1","type":"float64"},{"name":"koi_impact_err2","type":"float64"},{"name":"koi_duration","type":"float64"},{"name":"koi_duration_err1","type":"float64"},{"name":"koi_duration_err2","type":"float64"},{"name":"koi_depth","type":"float64"},{"name":"koi_depth_err1","type":"float64"},{"name":"koi_depth_err2","type":"float64"},{"name":"koi_prad","type":"float64"},{"name":"koi_prad_err1","type":"float64"},{"name":"koi_prad_err2","type":"float64"},{"name":"koi_teq","type":"int64"},{"name":"koi_insol","type":"float64"},{"name":"koi_insol_err1","type":"float64"},{"name":"koi_insol_err2","type":"float64"},{"name":"koi_model_snr","type":"float64"},{"name":"koi_tce_plnt_num","type":"int64"},{"name":"koi_steff","type":"int64"},{"name":"koi_steff_err1","type":"int64"},{"name":"koi_steff_err2","type":"int64"},{"name":"koi_slogg","type":"float64"},{"name":"koi_slogg_err1","type":"float64"},{"name":"koi_slogg_err2","type":"float64"},{"name":"koi_srad","type":"float64"},{"name":"koi_srad_err1","type":"float64"},{"name":"koi_srad_err2","type":"float64"},{"name":"ra","type":"float64"},{"name":"dec","type":"float64"},{"name":"koi_kepmag","type":"float64"}]','{"accuracy":0.7799043062200957,"balanced_accuracy":0.7162848436904032,"roc_auc":0.8701387628104018,"average_precision":0.744697308078317,"log_loss":0.5912931000856977,"brier":0.33440783012531755,"precision_macro":0.7240630638099085,"recall_macro":0.7162848436904032,"f1_macro":0.7143782560931687,"precision_weighted":0.7691352870527299,"recall_weighted":0.7799043062200957,"f1_weighted":0.7706830534675331,"mcc":0.6401070428717803,"cohen_kappa":0.6372511796930087,"expected_calibration_error":0.03580515505062922}','4qr4edc9jfp6jrf5anjmpk63hb','exoplanets.kepler','6ca9af355d987a0656ee5386cc19263b328dc458a62f843183d90222ddc17df2',817164,1795239759690);
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
INSERT INTO "runs" VALUES(1,'4qr4edc9jfp6jrf5anjmpk63hb','Demo: planets or not','3whgvsn7rctzn283257n7jjjpd','Kepler objects of interest, simulated','exoplanets.kepler','{"target":"koi_disposition","algorithm":"gradient_boosting","hyperparameters":{},"drop":[],"test_size":0.2,"seed":1}','5qxprft9wxv4fkvf2vejkfk4rk','{}','{}','{"accuracy":0.7799043062200957,"balanced_accuracy":0.7162848436904032,"roc_auc":0.8701387628104018,"average_precision":0.744697308078317,"log_loss":0.5912931000856977,"brier":0.33440783012531755,"precision_macro":0.7240630638099085,"recall_macro":0.7162848436904032,"f1_macro":0.7143782560931687,"precision_weighted":0.7691352870527299,"recall_weighted":0.7799043062200957,"f1_weighted":0.7706830534675331,"mcc":0.6401070428717803,"cohen_kappa":0.6372511796930087,"expected_calibration_error":0.03580515505062922}','5bpx29xxej5a9mpsztcydwgmnf','["Tested on 836 of 4182 rows (20%), none of the 3698 groups split apart, shares of classes kept as far as that allows.","The preset recommends trees = 400, learning_rate = 0.03, max_leaves = 15, min_rows_per_leaf = 10, l2 = 5, row_fraction = 0.8, column_fraction = 0.5."]',1795239755522);
CREATE TABLE schema_migrations (number integer primary key, name text not null, applied_at bigint not null);
INSERT INTO "schema_migrations" VALUES(1,'first light',1795239753671);
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
