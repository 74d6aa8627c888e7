import type { Plan } from './plan.ts'

/** A plan as machines read it, over HTTP and from the command line. */
export function renderPlan(plan: Plan) {
  const { planHash, release, findings, changes, along } = plan
  const steps = plan.steps.map((step) => ({
    class: step.class,
    address: step.address,
    path: step.path,
    text: step.text,
    sql: step.sql.join(';\n'),
    rows: step.rows,
    ...(step.failingRows.length > 0 ? { failing: step.failingRows } : {}),
    deferred: step.deferred !== undefined,
  }))
  return { planHash, release, findings, changes, steps, ...(along.length > 0 ? { along } : {}) }
}
