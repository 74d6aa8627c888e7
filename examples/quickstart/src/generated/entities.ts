// Made by “npx heddle types” from what is live; make it again after a publish.

export interface Entities {
  account: {
    create: AccountCreate
    patch: AccountPatch
    read: AccountRead
  }
}
export interface AccountCreate {
  owner_id?: string | null
  name: string
  short_name?: string | null
  classification?: 'potential' | 'existing' | 'key' | null
  potential?: 'high' | 'medium' | 'low' | null
  cooperation?: 'none' | 'trial' | 'active' | 'paused' | 'ended' | null
  industry?: string | null
  size?:
    'from_1_to_19' | 'from_20_to_99' | 'from_100_to_299' | 'from_300_to_999' | 'from_1000_to_4999' | 'from_5000' | null
  source?:
    | 'exhibition'
    | 'online_platform'
    | 'website'
    | 'social_media'
    | 'referral'
    | 'cold_call'
    | 'offline_event'
    | 'visit'
    | 'other'
    | null
  lead?: string | null
  parent?: string | null
  phone?: string | null
  email?: string | null
  website?: string | null
  address?: {
    region?: string
    text?: string
    postcode?: string
  } | null
  /**
   * @maxItems 50
   */
  tags?: string[] | null
  tax_no?: string | null
  invoice_title?: string | null
  bank_name?: string | null
  bank_account?: string | null
  payment_terms?:
    'deposit_30_70' | 'full_advance' | 'on_delivery' | 'net_30' | 'net_60' | 'net_90' | 'lc_sight' | 'lc_90' | null
  credit_limit?: number | null
  next_follow_on?: string | null
  remark?: string | null
  textile_role?:
    'brand' | 'garment_factory' | 'home_textile' | 'trader' | 'wholesaler' | 'mill' | 'dye_house' | 'spinner' | null
  /**
   * @maxItems 200
   */
  textile_end_uses?:
    | (
        | 'shirt'
        | 'trousers'
        | 'dress'
        | 'outerwear'
        | 'tshirt'
        | 'sportswear'
        | 'workwear'
        | 'childrenswear'
        | 'underwear'
        | 'bedding'
        | 'curtain'
        | 'towel'
        | 'upholstery'
        | 'hotel'
        | 'medical'
        | 'carpet'
        | 'bag'
      )[]
    | null
  textile_point_limit?: number | null
  textile_delta_e_limit?: number | null
  /**
   * @maxItems 200
   */
  textile_light_sources?: ('d65' | 'tl84' | 'a' | 'cwf' | 'uv' | 'u30')[] | null
  textile_lot_rule?: 'single_lot' | 'same_band' | 'any_lot' | null
}
export interface AccountPatch {
  owner_id?: string | null
  name?: string
  short_name?: string | null
  classification?: 'potential' | 'existing' | 'key'
  potential?: 'high' | 'medium' | 'low' | null
  cooperation?: 'none' | 'trial' | 'active' | 'paused' | 'ended'
  industry?: string | null
  size?:
    'from_1_to_19' | 'from_20_to_99' | 'from_100_to_299' | 'from_300_to_999' | 'from_1000_to_4999' | 'from_5000' | null
  source?:
    | 'exhibition'
    | 'online_platform'
    | 'website'
    | 'social_media'
    | 'referral'
    | 'cold_call'
    | 'offline_event'
    | 'visit'
    | 'other'
    | null
  lead?: string | null
  parent?: string | null
  phone?: string | null
  email?: string | null
  website?: string | null
  address?: {
    region?: string
    text?: string
    postcode?: string
  } | null
  /**
   * @maxItems 50
   */
  tags?: string[] | null
  tax_no?: string | null
  invoice_title?: string | null
  bank_name?: string | null
  bank_account?: string | null
  payment_terms?:
    'deposit_30_70' | 'full_advance' | 'on_delivery' | 'net_30' | 'net_60' | 'net_90' | 'lc_sight' | 'lc_90' | null
  credit_limit?: number | null
  next_follow_on?: string | null
  remark?: string | null
  textile_role?:
    'brand' | 'garment_factory' | 'home_textile' | 'trader' | 'wholesaler' | 'mill' | 'dye_house' | 'spinner' | null
  /**
   * @maxItems 200
   */
  textile_end_uses?:
    | (
        | 'shirt'
        | 'trousers'
        | 'dress'
        | 'outerwear'
        | 'tshirt'
        | 'sportswear'
        | 'workwear'
        | 'childrenswear'
        | 'underwear'
        | 'bedding'
        | 'curtain'
        | 'towel'
        | 'upholstery'
        | 'hotel'
        | 'medical'
        | 'carpet'
        | 'bag'
      )[]
    | null
  textile_point_limit?: number | null
  textile_delta_e_limit?: number | null
  /**
   * @maxItems 200
   */
  textile_light_sources?: ('d65' | 'tl84' | 'a' | 'cwf' | 'uv' | 'u30')[] | null
  textile_lot_rule?: 'single_lot' | 'same_band' | 'any_lot' | null
}
export interface AccountRead {
  id: string
  version: number
  owner_id: string | null
  department_id: string | null
  created_at: string
  created_by: string | null
  updated_at: string
  updated_by: string | null
  deleted_at: string | null
  name: string | null
  short_name: string | null
  code: string | null
  classification: 'potential' | 'existing' | 'key' | null
  potential: 'high' | 'medium' | 'low' | null
  cooperation: 'none' | 'trial' | 'active' | 'paused' | 'ended' | null
  industry: string | null
  size:
    'from_1_to_19' | 'from_20_to_99' | 'from_100_to_299' | 'from_300_to_999' | 'from_1000_to_4999' | 'from_5000' | null
  source:
    | 'exhibition'
    | 'online_platform'
    | 'website'
    | 'social_media'
    | 'referral'
    | 'cold_call'
    | 'offline_event'
    | 'visit'
    | 'other'
    | null
  lead: string | null
  parent: string | null
  phone: string | null
  email: string | null
  website: string | null
  address: {
    region?: string
    text?: string
    postcode?: string
  } | null
  /**
   * @maxItems 50
   */
  tags: string[] | null
  tax_no: string | null
  invoice_title: string | null
  bank_name: string | null
  bank_account: string | null
  payment_terms:
    'deposit_30_70' | 'full_advance' | 'on_delivery' | 'net_30' | 'net_60' | 'net_90' | 'lc_sight' | 'lc_90' | null
  credit_limit: number | null
  order_count: number | null
  total_ordered: number | null
  last_order_on: string | null
  total_paid: number | null
  receivable: number | null
  open_tickets: number | null
  last_activity_at: string | null
  next_follow_on: string | null
  remark: string | null
  textile_role:
    'brand' | 'garment_factory' | 'home_textile' | 'trader' | 'wholesaler' | 'mill' | 'dye_house' | 'spinner' | null
  /**
   * @maxItems 200
   */
  textile_end_uses:
    | (
        | 'shirt'
        | 'trousers'
        | 'dress'
        | 'outerwear'
        | 'tshirt'
        | 'sportswear'
        | 'workwear'
        | 'childrenswear'
        | 'underwear'
        | 'bedding'
        | 'curtain'
        | 'towel'
        | 'upholstery'
        | 'hotel'
        | 'medical'
        | 'carpet'
        | 'bag'
      )[]
    | null
  textile_point_limit: number | null
  textile_delta_e_limit: number | null
  /**
   * @maxItems 200
   */
  textile_light_sources: ('d65' | 'tl84' | 'a' | 'cwf' | 'uv' | 'u30')[] | null
  textile_lot_rule: 'single_lot' | 'same_band' | 'any_lot' | null
  [k: string]: unknown
}
