import type { Condition, Declaration, Effect, Instruction, Program, Value } from './program.js';

/** A program as a text to read: declarations, then one indented block for each thread. */
export function printProgram(program: Program): string {
  const lines = [`program ${program.name}`];
  for (const object of program.objects) lines.push(`  ${declaration(object)}`);
  for (const block of program.heap ?? []) lines.push(`  heap ${declaration(block)}`);
  for (const object of program.objects) {
    if (object.kind !== 'clock') continue;
    for (const timer of object.timers) lines.push(`  timer ${timer.name}:`, ...body(timer.body, 2));
  }
  for (const { name, daemon, body: code } of program.threads) {
    lines.push(`  ${daemon === true ? 'daemon' : 'thread'} ${name}:`, ...body(code, 2));
  }
  for (const { name, daemon, body: code } of program.spawnable ?? []) {
    const kind = daemon === true ? 'spawned daemon' : 'spawned thread';
    lines.push(`  ${kind} ${name}:`, ...body(code, 2));
  }
  for (const check of program.invariants ?? []) {
    lines.push(`  invariant "${check.name}": ${condition(check.condition)}`);
  }
  for (const check of program.finals ?? []) {
    lines.push(`  finally "${check.name}": ${condition(check.condition)}`);
  }
  if (program.leakCheck === true) lines.push('  leak check');
  return lines.join('\n');
}

function declaration(object: Declaration): string {
  switch (object.kind) {
    case 'block':
      return `block ${object.name} { ${object.parts.map(declaration).join('; ')} }`;
    case 'condition':
      return `condition ${object.name} of ${object.mutex}`;
    case 'clock':
      return `clock ${object.name}`;
    default:
      return `${object.kind} ${object.name}${'initial' in object ? ` = ${String(object.initial)}` : ''}`;
  }
}

function body(instructions: readonly Instruction[], depth: number): string[] {
  const indent = '  '.repeat(depth);
  return instructions.flatMap((i): string[] => {
    switch (i.op) {
      case 'if':
        return [
          `${indent}if ${test(i.test)}:`,
          ...body(i.then, depth + 1),
          ...(i.otherwise ? [`${indent}else:`, ...body(i.otherwise, depth + 1)] : []),
        ];
      case 'repeat': {
        const while_ = i.test ? ` while ${test(i.test)}` : '';
        return [`${indent}${String(i.times)} times${while_}:`, ...body(i.body, depth + 1)];
      }
      case 'rcu.call':
        return [`${indent}${i.on}.call:`, ...body(i.body, depth + 1)];
      default:
        return [indent + line(i)];
    }
  });
}

function line(i: Instruction): string {
  const to = 'to' in i ? `r${String(i.to)} = ` : '';
  switch (i.op) {
    case 'set':
      return `${to}${value(i.value)}`;
    case 'assert':
      return `assert ${test(i.test)}, "${i.message}"`;
    case 'choose':
      return `${to}choose(${String(i.values)})`;
    case 'pause':
      return 'pause';
    case 'until':
      return `until ${condition(i.condition)}`;
    case 'spawn':
    case 'join':
      return `${i.op} ${i.on}`;
    case 'step': {
      const effects = (list: readonly Effect[]): string => list.map(effect).join('; ');
      const when = i.when ? `if ${condition(i.when)} ` : '';
      const otherwise = i.otherwise ? ` else { ${effects(i.otherwise)} }` : '';
      return `${to}step ${when}{ ${effects(i.then)} }${otherwise}`;
    }
    case 'if':
    case 'repeat':
    case 'rcu.call':
      return i.op;
    default: {
      const method = i.op.slice(i.op.indexOf('.') + 1);
      const inputs: string[] = [];
      if ('value' in i) inputs.push(value(i.value));
      if ('expected' in i) inputs.push(value(i.expected), value(i.desired));
      if ('times' in i) inputs.push(`v => v * ${String(i.times)} + ${String(i.plus)} mod 8`);
      if ('ms' in i) inputs.push(String(i.ms));
      return `${to}${i.on}.${method}(${inputs.join(', ')})`;
    }
  }
}

function value(v: Value): string {
  if (typeof v === 'number') return String(v);
  return v.plus === undefined ? `r${String(v.reg)}` : `r${String(v.reg)} + ${String(v.plus)}`;
}

function effect({ write, value: v }: Effect): string {
  if (typeof v !== 'object' || !('peek' in v)) return `${write} := ${value(v)}`;
  return `${write} := ${v.peek}${v.plus === undefined ? '' : ` + ${String(v.plus)}`}`;
}

function test({ reg, is, than }: { reg: number; is: string; than: Value }): string {
  return `r${String(reg)} ${is} ${value(than)}`;
}

function condition(c: Condition): string {
  if ('all' in c) return `(${c.all.map(condition).join(' && ')})`;
  if ('any' in c) return `(${c.any.map(condition).join(' || ')})`;
  if ('alive' in c) return `${c.alive} is alive`;
  return `${c.variable} ${c.is} ${typeof c.than === 'number' ? String(c.than) : c.than.variable}`;
}
