/**
 * The most common passwords of ten characters and more, small letters only. Lists to install hold ten thousands of
 * shorter ones that the length refuses already; rows and repetitions are found by their form.
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  `
  password12 password123 password1234 password12345 password123456 passw0rd123 p@ssw0rd123 p@ssword123 p@ssword1234
  p@$$w0rd123 password!1 password1! password@1 password@123 mypassword mypassword1 newpassword passwordpassword
  changeme123 changeme1234 letmein123 letmein1234 welcome123 welcome1234 welcome@123 welcome2024 welcome2025
  welcome2026 iloveyou12 iloveyou123 iloveyou1234 iloveyousomuch qwerty1234 qwerty12345 qwerty123456 qwerty123!
  qwertyuiop1 qwertyuiop12 qwertyuiop123 qwertyuiop[] 1qaz2wsx3edc 1q2w3e4r5t 1q2w3e4r5t6y 1q2w3e4r5t6y7u q1w2e3r4t5
  q1w2e3r4t5y6 qazwsxedc1 qazwsxedc123 qazwsxedcrfv 1qazxsw23edc zaq12wsxcde3 zxcvbnm123 asdfghjkl1 asdfghjkl123
  asdf1234567 abc1234567 abc12345678 abc123456789 abcd123456 abcd1234567 abcde12345 abcdef1234 a123456789
  a1234567890 aa12345678 aa123456789 123456789a 123456789q 123456789abc 1234567890a 1234567890q 12345678910
  123456789123 1234567891 12345678900 1234567899 1029384756 0987654321 11223344556 1122334455 112233445566
  0123456789a 1111122222 1234512345 1234554321 9876543210 147258369a 1472583690 741852963a 789456123a 7894561230
  3141592653 31415926535 administrator administrator1 administrator123 admin12345 admin123456 admin1234567
  admin@12345 admin@123456 adminadmin superadmin superuser1 root123456 rootroot123 test123456 testtest123 user123456
  guest12345 default123 secret1234 temporary1 temp123456 football123 baseball123 basketball superman123 batman12345
  princess123 sunshine123 monkey12345 dragon12345 master12345 michael123 jennifer123 jordan12345 liverpool1
  manchester chelsea123 starwars123 pokemon123 minecraft1 minecraft123 computer123 internet123 samsung123
  googlegoogle facebook123 facebook1234 linkedin123 trustno1trustno1 whatever123 chocolate1 chocolate123
  butterfly1 butterfly123 cristiano7 ihateyou123 fuckyou123 fuckyou1234 monkeymonkey blink182blink correcthorsebatterystaple
  woaini1314 woaini5201314 woaini123456 woaini1314520 iloveyou1314 iloveyou520 5201314520 5201314woaini
  1314520520 5845201314 qq123456789 qq1234567890 qq12345678 wang123456 zhang123456 li123456789 zhanghao123
  nihao123456 mima123456 mima123456789 china123456 zhongguo123 beijing2008 shanghai123 taobao123456 alibaba123
  asd123456789 asd1234567 zxc123456789 zxc1234567 qwe123456789 qwe1234567 qweasdzxc1 qweasdzxc123 qweasdzxcv
  aaa123456789 aa123123123 abc123abc123 abc123456abc a1b2c3d4e5 a1b2c3d4e5f6 summer2024 summer2025 summer2026
  winter2024 winter2025 winter2026 spring2025 spring2026 autumn2025 company123 company1234 company2025 office12345
  heddle1234 heddle12345 heddle123456 heddleheddle
  `
    .trim()
    .split(/\s+/),
)
