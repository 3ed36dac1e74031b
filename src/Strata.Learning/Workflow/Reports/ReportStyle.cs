namespace Strata.Learning.Workflow.Reports;

/// <summary>How a report's page looks: light and dark by the reader's scheme, and on paper.</summary>
internal static class ReportStyle
{
    public const string Text =
        """
        :root{color-scheme:light dark;--ground:#ffffff;--ink:#1f2328;--soft:#59636e;--line:#d8dee4;--box:#f6f8fa;--blue:#0059a8;--bad:#b3261e;--warn:#8a5a00}
        @media (prefers-color-scheme:dark){:root{--ground:#15191f;--ink:#e6edf3;--soft:#a3adb8;--line:#2f3742;--box:#1d232b;--blue:#7cc0f5;--bad:#ff8f85;--warn:#e6c34a}}
        *{box-sizing:border-box}html{background:var(--ground);color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI",sans-serif}
        body{max-width:72rem;margin:0 auto;padding:2rem 1.25rem 4rem}h1{font-size:1.6rem;line-height:1.25;margin:0 0 .35rem}h2{font-size:1.2rem;margin:2.6rem 0 .6rem;padding-top:.9rem;border-top:1px solid var(--line)}
        h3{font-size:1rem;margin:1.5rem 0 .4rem}p{margin:.4rem 0;max-width:62rem}.quiet{color:var(--soft)}a{color:var(--blue)}
        nav{margin:1rem 0;display:flex;flex-wrap:wrap;gap:.2rem .9rem;font-size:.92rem}.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(10.5rem,1fr));gap:.7rem;margin:1.2rem 0}
        .tile{background:var(--box);border:1px solid var(--line);border-radius:.5rem;padding:.7rem .9rem}.tile b{display:block;font-size:1.3rem;font-weight:600;font-variant-numeric:tabular-nums}.tile span{color:var(--soft);font-size:.88rem;display:block}
        .wide{overflow-x:auto}table{border-collapse:collapse;margin:.5rem 0;font-size:.93rem}th,td{text-align:left;padding:.28rem 1.1rem .28rem 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:break-word;unicode-bidi:isolate}td:last-child:not(.n){min-width:12rem}
        thead th{color:var(--soft);font-weight:500;white-space:nowrap}tbody th{font-weight:500;max-width:26rem}.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
        ul{padding-left:1.2rem;margin:.4rem 0}li{margin:.2rem 0;max-width:62rem;overflow-wrap:anywhere;unicode-bidi:isolate}pre{background:var(--box);border:1px solid var(--line);border-radius:.5rem;padding:.8rem;white-space:pre-wrap;overflow-wrap:anywhere;font-size:.86rem}
        .pictures{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(30rem,100%),1fr));gap:1rem;margin:.8rem 0;align-items:start}figure{margin:0;border:1px solid var(--line);border-radius:.5rem;overflow:hidden}figure svg{display:block;width:100%;height:auto}
        .critical b{color:var(--bad)}.warning b{color:var(--warn)}
        @media print{html{font-size:11pt}body{max-width:none;padding:0}nav{display:none}h2{break-after:avoid}figure,.tile,tr,pre,li{break-inside:avoid}.pictures{grid-template-columns:1fr 1fr}.wide{overflow:visible}th,td{overflow-wrap:anywhere}td:last-child:not(.n){min-width:0}a{color:inherit;text-decoration:none}}
        """;
}
