/** The style of the HTML page, for light and dark screens and for paper. @internal */
export const style = `:root { color-scheme: light dark; --line: #8884; --bad: #b3261e; --open: #8a5a00; --good: #1b6e3c; --mark: #b3261e1c; --switch: #b9770022; }
@media (prefers-color-scheme: dark) { :root { --bad: #ff8a80; --open: #ffc266; --good: #7fd6a0; } }
body { font: 15px/1.45 system-ui, sans-serif; margin: 0; }
main { max-width: 75rem; margin: 0 auto; padding: 1rem 1.25rem 3rem; }
h1 { font-size: 1.4rem; } h2 { font-size: 1.2rem; margin-top: 2.2rem; overflow-wrap: anywhere; }
h3 { font-size: 1rem; margin-bottom: .3rem; overflow-wrap: anywhere; }
p { margin: .3rem 0; }
.wide { overflow-x: auto; margin: .6rem 0; }
table { border-collapse: collapse; }
th, td { text-align: left; vertical-align: top; padding: .2rem .7rem; border-bottom: 1px solid var(--line); }
.summary { width: 100%; } .summary th[scope=row] { overflow-wrap: anywhere; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.violated .verdict { color: var(--bad); font-weight: 600; } .open .verdict { color: var(--open); } .held .verdict { color: var(--good); }
.steps { font-size: 13px; } .steps td + td { border-left: 1px solid var(--line); }
.steps code { white-space: pre-wrap; overflow-wrap: anywhere; } .op { min-width: 9rem; max-width: 26rem; }
.failing { background: var(--mark); } .failing strong { color: var(--bad); white-space: nowrap; }
.preempting { background: var(--switch); }
.note, .place, .gap { opacity: .75; } .place { white-space: nowrap; font-family: ui-monospace, monospace; }
pre { background: #8881; padding: .6rem .8rem; overflow-x: auto; margin: .4rem 0; }
.replay { user-select: all; }`;
