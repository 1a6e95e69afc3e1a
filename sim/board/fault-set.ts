// The faults that are in force, by component: what inputs, outputs and lines ask at every step.
import type { SimFault, SimFaultKind } from './fault-kinds.ts';

export class FaultSet {
  readonly #byComponent = new Map<string, Map<SimFaultKind, number>>();

  /** True when nothing is faulted, which is nearly always: spares the look-ups at every step. */
  get isEmpty(): boolean {
    return this.#byComponent.size === 0;
  }

  add(fault: SimFault): void {
    let kinds = this.#byComponent.get(fault.component);
    if (kinds === undefined) {
      kinds = new Map();
      this.#byComponent.set(fault.component, kinds);
    }
    kinds.set(fault.kind, fault.amount);
  }

  /** Takes faults away; without a kind all of the component, without a component all. */
  remove(component?: string, kind?: string): void {
    if (component === undefined) this.#byComponent.clear();
    else if (kind === undefined) this.#byComponent.delete(component);
    else this.#removeKind(component, kind);
  }

  #removeKind(component: string, kind: string): void {
    const kinds = this.#byComponent.get(component);
    kinds?.delete(kind as SimFaultKind);
    if (kinds?.size === 0) this.#byComponent.delete(component);
  }

  has(component: string, kind: SimFaultKind): boolean {
    return this.#byComponent.get(component)?.has(kind) ?? false;
  }

  /** Undefined when the fault is not in force. */
  amount(component: string, kind: SimFaultKind): number | undefined {
    return this.#byComponent.get(component)?.get(kind);
  }

  /** Level at which the pin of a digital output is held; undefined when nothing holds it. */
  heldLevel(component: string): 0 | 1 | undefined {
    if (this.isEmpty) return undefined;
    if (this.has(component, 'output-stuck-high')) return 1;
    return this.has(component, 'output-stuck-low') ? 0 : undefined;
  }

  list(): readonly SimFault[] {
    return [...this.#byComponent].flatMap(([component, kinds]) =>
      [...kinds].map(([kind, amount]) => ({ component, kind, amount })),
    );
  }
}
