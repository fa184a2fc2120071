/** Tokens and parts of the house's visual language, as far as these two pages need them. */
export const STYLE = `:root{--canvas:#EEF1F2;--surface:#FFF;--sunken:#F5F7F8;--line:#C6CED3;--line-strong:#75828B;--text:#131D24;--text-2:#3F4B54;--text-3:#59656E;
--accent:#0B5563;--accent-soft:#DCECEE;--brand:#7E1416;--ok:#1D6B45;--ok-soft:#DDF0E4;--info:#1C4F9C;--info-soft:#E1EAF8;--warn:#5E3B00;--warn-soft:#FFE39A;
--idle:#4A5761;--idle-soft:#E6EAED;--sim:#8E2A7D;--sim-soft:#F8E3F3;--focus:#0A66C2}
@media(prefers-color-scheme:dark){:root{--canvas:#0F161A;--surface:#172026;--sunken:#121A1F;--line:#34424B;--line-strong:#7D8C96;--text:#E9EFF2;--text-2:#B9C5CC;--text-3:#96A4AD;
--accent:#67C3CF;--accent-soft:#163B43;--brand:#8E1B1E;--ok:#6FCB97;--ok-soft:#123A27;--info:#8DB8F5;--info-soft:#1A315A;--warn:#F6CB6B;--warn-soft:#46350A;
--idle:#AAB7BF;--idle-soft:#27333B;--sim:#F09AD6;--sim-soft:#4A1D42;--focus:#7CC4FF;color-scheme:dark}}
*{box-sizing:border-box;margin:0}
body{font:400 15px/1.5 Inter,"Segoe UI","Noto Sans",sans-serif;font-feature-settings:"tnum" 1;color:var(--text);background:var(--canvas)}
a{color:var(--accent);font-weight:500}a:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:4px}
header{display:flex;align-items:stretch;gap:16px;height:56px;background:var(--surface);border-bottom:1px solid var(--line)}
.mark{width:56px;background:var(--brand);color:#FFF;display:grid;place-items:center;font-weight:700;font-size:18px}
header p{align-self:center;font-weight:600;font-size:16px}header .who{color:var(--text-3);font-weight:400;font-size:14px}
.sim{align-self:center;margin-left:auto;margin-right:16px;padding:3px 10px;border:1px dashed var(--sim);border-radius:4px;color:var(--sim);background:var(--sim-soft);font-size:13px;font-weight:600}
main{max-width:1240px;margin:0 auto;padding:16px;display:grid;gap:12px}
h1{font-size:22px;font-weight:650;letter-spacing:-.01em}h2{font-size:16px;font-weight:650}
.head{display:flex;align-items:baseline;gap:12px;flex-wrap:wrap}.quiet{color:var(--text-3);font-size:14px}
.card{background:var(--surface);border:1px solid var(--line);border-radius:6px;overflow-x:auto}.card>h2{padding:10px 14px;border-bottom:1px solid var(--line)}.card>.empty{padding:24px 14px;color:var(--text-2)}
table{width:100%;border-collapse:collapse}th{background:var(--sunken);color:var(--text-2);font-size:13px;font-weight:600;text-align:left;padding:7px 14px;border-bottom:1px solid var(--line);white-space:nowrap}
td{padding:9px 14px;border-bottom:1px solid var(--line);vertical-align:top}tr:last-child td{border-bottom:0}
.code{font-weight:500;white-space:nowrap}.name{font-weight:600}.t2{color:var(--text-2)}.num{white-space:nowrap;text-align:right}th.num{text-align:right}
.mono{font-family:"JetBrains Mono",ui-monospace,Consolas,monospace;font-size:13px;word-break:break-all}
.badge{display:inline-block;padding:2px 8px;border-radius:4px;border:1px solid currentColor;font-size:13px;font-weight:600;white-space:nowrap}
.ok{color:var(--ok);background:var(--ok-soft)}.info{color:var(--info);background:var(--info-soft)}.warn{color:var(--warn);background:var(--warn-soft)}.idle{color:var(--idle);background:var(--idle-soft)}.line{color:var(--text-2);background:var(--surface)}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(300px,1fr));gap:12px;padding:14px}.facts dt{font-size:13px;color:var(--text-3)}.facts dd{font-size:18px;font-weight:600;margin:0;overflow-wrap:anywhere}
.phone{display:grid;grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:16px}.phone>.empty{color:var(--text-2)}
.ask{display:grid;gap:6px;align-content:start;padding:16px;background:var(--surface);border:1px solid var(--line-strong);border-radius:18px;overflow-wrap:anywhere}
.ask form{display:flex;flex-wrap:wrap;gap:8px;align-items:center;margin-top:6px}.ask label{flex-basis:100%;font-size:14px;color:var(--text-2)}
.ask select,.ask button{font:inherit;min-height:44px;padding:0 14px;border:1px solid var(--line-strong);border-radius:8px;background:var(--surface);color:var(--text)}
.ask button{flex:1;font-weight:600;cursor:pointer}.ask button.main{background:var(--accent);border-color:var(--accent);color:var(--surface)}
.ask button:focus-visible,.ask select:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
`
