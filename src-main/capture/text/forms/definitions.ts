import type { Caption, Form } from './form-types'

const parents = ['mother', 'father'] as const
const spouses = ['husband', 'wife'] as const

const person = (of: Caption['of'] & object): Caption[] => [
  { text: 'Giới tính', part: 'sex', of },
  { text: 'Dân tộc', part: 'ethnicity', of },
  { text: 'Quốc tịch', part: 'nationality', of },
]
const paper = (of: Caption['of'] & object): Caption[] => [
  { text: 'Giấy tờ tùy thân', part: 'identityPaper', of },
  { text: 'Số định danh cá nhân', part: 'idNumber', of },
]

const birth: Form = {
  id: 'birth-certificate', name: 'Giấy khai sinh',
  titles: ['Giấy khai sinh', 'Trích lục khai sinh', 'Giấy khai sinh bản sao', 'Trích lục khai sinh bản sao'],
  captions: [
    { text: 'Họ, chữ đệm, tên', part: 'fullName', role: 'subject' },
    { text: 'Họ, chữ đệm, tên người mẹ', part: 'fullName', role: 'mother' },
    { text: 'Họ, chữ đệm, tên người cha', part: 'fullName', role: 'father' },
    { text: 'Họ, chữ đệm, tên người đi khai sinh', part: 'fullName', role: 'applicant' },
    { text: 'Ngày, tháng, năm sinh', part: 'birthDate', of: ['subject', ...parents] },
    { text: 'Năm sinh', part: 'birthYear', of: parents },
    ...person(['subject', ...parents]),
    { text: 'Nơi sinh', part: 'birthPlace', of: ['subject'] },
    { text: 'Quê quán', part: 'hometown', of: ['subject'] },
    { text: 'Nơi cư trú', part: 'residence', of: parents },
    ...paper(['subject', ...parents, 'applicant']),
    { text: 'Nơi đăng ký khai sinh', part: 'registeredAt', role: 'document' },
    { text: 'Ngày, tháng, năm đăng ký', part: 'registeredOn', role: 'document' },
  ],
}

const marriage: Form = {
  id: 'marriage-extract', name: 'Trích lục kết hôn, Giấy chứng nhận kết hôn',
  titles: ['Trích lục kết hôn', 'Trích lục kết hôn bản sao', 'Giấy chứng nhận kết hôn'],
  captions: [
    { text: 'Họ, chữ đệm, tên chồng', part: 'fullName', role: 'husband' },
    { text: 'Họ, chữ đệm, tên vợ', part: 'fullName', role: 'wife' },
    { text: 'Ngày, tháng, năm sinh', part: 'birthDate', of: spouses },
    { text: 'Dân tộc', part: 'ethnicity', of: spouses },
    { text: 'Quốc tịch', part: 'nationality', of: spouses },
    { text: 'Nơi cư trú', part: 'residence', of: spouses },
    ...paper(spouses),
    { text: 'Nơi đăng ký kết hôn', part: 'registeredAt', role: 'document' },
    { text: 'Ngày, tháng, năm đăng ký', part: 'registeredOn', role: 'document' },
  ],
}

const death: Form = {
  id: 'death-extract', name: 'Trích lục khai tử', titles: ['Trích lục khai tử', 'Trích lục khai tử bản sao', 'Giấy chứng tử'],
  captions: [
    { text: 'Họ, chữ đệm, tên', part: 'fullName', role: 'subject' },
    { text: 'Ngày, tháng, năm sinh', part: 'birthDate', of: ['subject'] },
    ...person(['subject']),
    { text: 'Nơi cư trú cuối cùng', part: 'residence', of: ['subject'] },
    ...paper(['subject']),
    { text: 'Đã chết vào lúc', part: 'diedOn', of: ['subject'] },
    { text: 'Nơi chết', part: 'diedAt', of: ['subject'] },
    { text: 'Nơi đăng ký khai tử', part: 'registeredAt', role: 'document' },
    { text: 'Ngày, tháng, năm đăng ký', part: 'registeredOn', role: 'document' },
  ],
}

const maritalDeclaration: Form = {
  id: 'marital-status-declaration', name: 'Tờ khai cấp Giấy xác nhận tình trạng hôn nhân',
  titles: ['Tờ khai cấp giấy xác nhận tình trạng hôn nhân', 'Tờ khai xác nhận tình trạng hôn nhân'],
  captions: [
    { text: 'Họ, chữ đệm, tên người yêu cầu', part: 'fullName', role: 'applicant' },
    { text: 'Quan hệ với người được cấp giấy xác nhận tình trạng hôn nhân', part: 'relation', of: ['applicant'] },
    { text: 'Họ, chữ đệm, tên', part: 'fullName', role: 'subject' },
    { text: 'Ngày, tháng, năm sinh', part: 'birthDate', of: ['subject'] },
    ...person(['subject']),
    { text: 'Nơi cư trú', part: 'residence', of: ['applicant', 'subject'] },
    ...paper(['applicant', 'subject']),
    { text: 'Tình trạng hôn nhân', part: 'maritalStatus', of: ['subject'] },
    { text: 'Mục đích yêu cầu cấp giấy xác nhận tình trạng hôn nhân', part: 'purpose', of: ['subject'] },
  ],
}

const maritalCertificate: Form = {
  id: 'marital-status-certificate', name: 'Giấy xác nhận tình trạng hôn nhân', titles: ['Giấy xác nhận tình trạng hôn nhân'],
  captions: [
    { text: 'Họ, chữ đệm, tên', part: 'fullName', role: 'subject' },
    { text: 'Ngày, tháng, năm sinh', part: 'birthDate', of: ['subject'] },
    ...person(['subject']),
    { text: 'Nơi cư trú', part: 'residence', of: ['subject'] },
    ...paper(['subject']),
    { text: 'Tình trạng hôn nhân', part: 'maritalStatus', of: ['subject'] },
    { text: 'Giấy này được cấp để', part: 'purpose', of: ['subject'] },
  ],
}

const residence: Form = {
  id: 'ct01', name: 'CT01 – Tờ khai thay đổi thông tin cư trú', titles: ['Tờ khai thay đổi thông tin cư trú'],
  captions: [
    { text: 'Họ, chữ đệm và tên', part: 'fullName', role: 'applicant' },
    { text: 'Ngày, tháng, năm sinh', part: 'birthDate', role: 'applicant' },
    { text: 'Giới tính', part: 'sex', role: 'applicant' },
    { text: 'Số định danh cá nhân', part: 'idNumber', role: 'applicant' },
    { text: 'Số định danh cá nhân/CMND', part: 'idNumber', role: 'applicant' },
    { text: 'Số điện thoại liên hệ', part: 'phone', role: 'applicant' },
    { text: 'Email', part: 'email', role: 'applicant' },
    { text: 'Họ, chữ đệm và tên chủ hộ', part: 'fullName', role: 'householder' },
    { text: 'Mối quan hệ với chủ hộ', part: 'relation', role: 'applicant' },
    { text: 'Số định danh cá nhân của chủ hộ', part: 'idNumber', role: 'householder' },
    { text: 'Nội dung đề nghị', part: 'request', role: 'document' },
  ],
}

const card: Form = {
  id: 'identity-card', name: 'Căn cước', titles: ['Căn cước công dân', 'Căn cước', 'Citizen identity card', 'Identity card'],
  captions: [
    { text: 'Số / No.', part: 'idNumber', role: 'subject' },
    { text: 'Số định danh cá nhân / Personal identification number', part: 'idNumber', role: 'subject' },
    { text: 'Họ và tên / Full name', part: 'fullName', role: 'subject' },
    { text: 'Họ, chữ đệm và tên khai sinh / Full name', part: 'fullName', role: 'subject' },
    { text: 'Ngày sinh / Date of birth', part: 'birthDate', role: 'subject' },
    { text: 'Ngày, tháng, năm sinh / Date of birth', part: 'birthDate', role: 'subject' },
    { text: 'Giới tính / Sex', part: 'sex', role: 'subject' },
    { text: 'Quốc tịch / Nationality', part: 'nationality', role: 'subject' },
    { text: 'Quê quán / Place of origin', part: 'hometown', role: 'subject' },
    { text: 'Nơi thường trú / Place of residence', part: 'residence', role: 'subject' },
    { text: 'Nơi cư trú / Place of residence', part: 'residence', role: 'subject' },
    { text: 'Có giá trị đến / Date of expiry', part: 'expiresOn', role: 'document' },
  ],
}

/** The forms that are known. */
export const FORMS: readonly Form[] = [birth, marriage, death, maritalDeclaration, maritalCertificate, residence, card]
