// The kernel's worker, begun while the page itself is still loading: Python then starts on another core in the meantime.
// js/live.js makes it, and hands it to JupyterLite when that asks for its worker. The name below is filled in by live.py.
import "KERNEL_WORKER";
import { begin } from "./start.mjs";

begin();
