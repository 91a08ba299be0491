import {
  type Board,
  type BoardDesign,
  head,
  IdeType,
  i82801b11Type,
  MsixCapabilityType,
  NicType,
  noSingletons,
  pciBridgeBaseType,
  pciBridgeType,
  regionHeld,
  type SingletonDesign,
  staticProperties,
  type TypeInfo,
  upstream2015,
  usbBusType,
  VfioPciType,
  xhciCoreType,
  xhciCutsLink,
  xhciType,
} from '../../models/index.js';
import type { DesignRow } from '../entry.js';
import * as from from './sources.js';

/** Where firmware maps the device. */
export const base = 0x100;

/** Where the guest reads it, if not at its beginning. */
const quirk: number = base + 0x10;

/** A rule, or what one would do without it, as a row of the table: a device that follows it, on a board of the time. */
export interface OwnershipRow extends DesignRow {
  readonly board: BoardDesign;
  /** The types of the device; the last is the one to plug. Absent: the rule is about introspection. */
  readonly types?: (board: Board) => readonly TypeInfo[];
  /** Where the guest reads a register of it; absent: it has none. */
  readonly register?: number;
  /** Whether the rule is about buses in place: they may be part of an object that is never plugged. */
  readonly bus?: true;
  /** How introspection looks at a type; absent: the rule is not about that. */
  readonly inspection?: SingletonDesign;
}

/** Devices leave their bus at once, as they did until 2020: what must keep them is the map. */
const then: BoardDesign = { memory: upstream2015, qdev: { busEntries: 'freed at once' } };
const today: BoardDesign = { memory: head };

function nic(board: Board): readonly TypeInfo[] {
  return [new NicType(board.memory, () => board.systemMemory, base).info];
}

function ide(board: Board): readonly TypeInfo[] {
  const { busInfo, info } = new IdeType(board.memory, () => board.systemMemory, base);
  return [busInfo, info];
}

function capable(owner: 'the capability' | 'the device', dma = false) {
  return () => {
    const { capability, info } = new MsixCapabilityType(owner, base, dma);
    return [capability, info];
  };
}

function row(
  id: string,
  name: string,
  [who, where]: readonly [string, string],
  summary: string,
  rest: Partial<Pick<OwnershipRow, 'types' | 'register' | 'bus' | 'inspection' | 'board'>>,
): OwnershipRow {
  return { id, name, who, where, summary, board: then, ...rest };
}

const bonzini = ['Paolo Bonzini', from.slides] as const;
const liu = ['Liu Ping Fan', from.lockless2012] as const;
const warning = ['Liu Ping Fan, as a warning', from.lockless2012] as const;
const upstream = ['upstream', from.code] as const;

/** Every rule, in the order of the table. */
export const designs: readonly OwnershipRow[] = [
  row('Q1', 'weak-parent', bonzini, 'parents own children, who only point back', {
    types: ide,
    register: base,
    bus: true,
  }),
  row('Q1a', 'strong-parent', liu, 'the opposite: a bus in place references its device', {
    board: { ...then, qdev: { ...then.qdev, childBus: 'references its device' } },
    types: ide,
    register: base,
    bus: true,
  }),
  row('Q1b', 'hidden-first', bonzini, 'a bridge hides what the guest sees before it goes', {
    types: () => [pciBridgeBaseType, pciBridgeType],
  }),
  row('Q1c', 'never-hidden', upstream, 'a bridge that leaves its windows in the map when it goes', {
    types: () => [pciBridgeBaseType, i82801b11Type],
  }),
  row('Q2', 'owner-held', bonzini, 'what the guest sees is kept by references on the owner', {
    types: nic,
    register: base,
  }),
  row(
    'Q2a',
    'region-held',
    warning,
    'the opposite: references on the region, a part of its device',
    {
      board: { ...then, memory: regionHeld },
      types: nic,
      register: base,
    },
  ),
  row('Q3', 'unparent-cuts', bonzini, 'a core links back to its controller until unparented', {
    types: () => [usbBusType, xhciCoreType, xhciCutsLink],
  }),
  row('Q3a', 'one-link-forgotten', upstream, 'a core links back to its controller until it goes', {
    types: () => [usbBusType, xhciCoreType, xhciType],
  }),
  row(
    'Q4',
    'parent-is-owner',
    ['upstream of 2014', from.parentCommit],
    "a capability's region is kept by the capability, and works on the device",
    { types: capable('the capability'), register: base },
  ),
  row(
    'Q4a',
    'parent-is-owner-today',
    ['upstream of 2014', from.parentCommit],
    'Q4 where devices leave their bus after a grace period, as since 2020',
    { board: today, types: capable('the capability'), register: base },
  ),
  row(
    'Q4b',
    'parent-is-owner-with-dma',
    ['upstream of 2014', from.parentCommit],
    'Q4 for a device with DMA, whose own address space keeps it for a grace period, as since 2015',
    { types: capable('the capability', true), register: base },
  ),
  row(
    'Q5',
    'owner-set-apart',
    ['Paolo Bonzini', from.slides],
    "a capability's region is kept by the device, whoever its parent is",
    { types: capable('the device'), register: base },
  ),
  row('Q6', 'temporary-instance', bonzini, 'introspection makes an object, and drops it again', {
    inspection: noSingletons,
  }),
  row('Q6a', 'static-properties', bonzini, 'the opposite: introspection looks at the class alone', {
    inspection: staticProperties,
  }),
  row('Q7', 'freed-in-finalize', bonzini, 'unrealize deactivates, finalize gives memory back', {
    types: () => [new VfioPciType().info],
    register: quirk,
  }),
  row(
    'Q7a',
    'freed-at-unrealize',
    ['upstream until 2015', from.quirkCommits],
    'unrealize deactivates and gives memory back',
    { types: () => [new VfioPciType('in exit').info], register: quirk },
  ),
];
