/** Full-width digits and signs as ASCII, so that patterns see one form. */
export function halfWidth(text: string): string {
  return `translate(${text}, '０１２３４５６７８９．，－＋％：／　', '0123456789.,-+%:/ ')`
}

/** The day that a text means, null when it is none; the forms that imports understand. */
export function dayOf(text: string): string {
  return `(select case when y >= 1000 and m between 1 and 12 then
      case when d between 1 and extract(day from make_date(y, m, 1) + interval '1 month - 1 day') then make_date(y, m, d) end
    end
    from (select p[1]::int as y, p[2]::int as m, p[3]::int as d from (select coalesce(
      regexp_match(t, '^(\\d{4})[-/.年](\\d{1,2})[-/.月](\\d{1,2})日?$'),
      regexp_match(t, '^(\\d{4})(\\d{2})(\\d{2})$'),
      (regexp_match(regexp_replace(t, '^(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})$', '\\3-\\2-\\1'), '^(\\d{4})-(\\d{1,2})-(\\d{1,2})$'))
    ) as p from (select regexp_replace(${text}, '\\s', '', 'g') as t) written) parts) numbers)`
}

/** The time of day that a text means, null when it is none. */
export function clockOf(text: string): string {
  return `(select case when h < 24 and m < 60 and s < 60 then make_time(h, m, s) end
    from (select p[1]::int as h, p[2]::int as m, coalesce(p[3], '0')::int as s from (select
      regexp_match(regexp_replace(${text}, '\\s', '', 'g'), '^(\\d{1,2})[:时](\\d{1,2})(?:[:分](\\d{1,2})秒?|分)?$')
    as p) parts) numbers)`
}
