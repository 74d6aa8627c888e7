import { useQuery } from '@tanstack/react-query'
import { companyQuery } from '../api/company.ts'

/** The company's logo and name; the name's first character stands in for a missing logo. */
export function CompanyMark({ size, withName }: { readonly size: number; readonly withName: boolean }) {
  const { data: company } = useQuery(companyQuery)
  const name = company?.name ?? ''
  return (
    <span className="heddle-company">
      {company?.logo ? (
        <img src={company.logo} alt={withName ? '' : name} height={size} />
      ) : (
        <span className="heddle-company-letter" style={{ width: size, height: size, fontSize: size * 0.5 }} aria-hidden>
          {name.slice(0, 1)}
        </span>
      )}
      {withName && <span className="heddle-company-name">{name}</span>}
    </span>
  )
}
