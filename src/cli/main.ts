#!/usr/bin/env node
import { host } from './host/host.js';

process.exitCode = await host(process.argv.slice(2));
