"""The words that a seed composes into articles: places, people, subjects and their sentences."""

# ruff: noqa: E501 - markup and sentences on one line each

from __future__ import annotations

PLACES = (
    "xã Tân Thuận Đông", "xã Mỹ Hiệp", "phường An Lạc", "xã Phú Thọ", "xã Long Hưng",
    "TP.Sa Đéc", "huyện Tam Nông", "TX.Hồng Ngự", "xã Bình Thạnh Trung", "phường Mỹ Phú",
    "huyện Lai Vung", "xã Thanh Mỹ", "xã Tân Hộ Cơ", "phường Đạo Thạnh",
)  # fmt: skip
BODIES = (
    "Ủy ban nhân dân", "Hội Nông dân", "Hội Liên hiệp Phụ nữ", "Đoàn Thanh niên", "Hội Cựu chiến binh",
    "Ủy ban Mặt trận Tổ quốc", "Hội Chữ thập đỏ", "Ban Chỉ huy Quân sự", "Hội Khuyến học",
)  # fmt: skip
MEN = (
    "Lê Văn Sáu", "Nguyễn Hoàng Phúc", "Phạm Minh Trí", "Võ Thành Được", "Bùi Quốc Khánh", "Cao Văn Lượm",
    "Đỗ Trọng Nghĩa",
)  # fmt: skip
WOMEN = (
    "Trần Thị Bích Vân", "Đặng Thị Ngọc Lan", "Huỳnh Thị Tuyết", "Phan Thị Mỹ Duyên", "Lý Thị Kim Chi",
)  # fmt: skip
BYLINES = (
    "Thanh Trúc", "Mỹ Hạnh", "NGỌC DIỄM", "T.D", "H.PHÚC", "Nhóm PV KT-XH",
    "Quốc Thái - Ngọc Diễm", "Bài, ảnh: Thanh Trúc", "Tin, ảnh: Minh Khoa – Bảo Yến",
    "Theo TTXVN", "Phương Uyên (tổng hợp)", "BCĐ PHÒNG CHỐNG THIÊN TAI TỈNH ĐỒNG THÁP",
    "Thực hiện: Mỹ Hạnh - Quốc Thái", "Bảo Yến-N.Khoa", "Văn Lộc",
)  # fmt: skip
WHEN = (
    "Sáng 14-3", "Chiều ngày 22/7", "Những ngày này", "Trong quý I", "Ngày 9/10", "Từ đầu năm đến nay",
    "Vào mùa nước nổi", "Theo kế hoạch", "Sau nhiều năm chờ đợi", "Ghi nhận tại hiện trường",
)  # fmt: skip
SECTIONS = (
    ("Kinh tế", "kinh-te"), ("Xã hội", "xa-hoi"), ("Chính trị", "chinh-tri"),
    ("Giáo dục", "giao-duc"), ("Thể thao", "the-thao"),
)  # fmt: skip

#: subject → (titles, things, actions, results)
SUBJECTS = {
    "xoài": (
        ("Nông dân {place} được mùa xoài cát", "Mã số vùng trồng mở đường cho trái xoài {place}",
         "Xoài rải vụ: hướng đi mới ở {place}"),
        ("vùng trồng xoài cát Hòa Lộc", "mô hình bao trái bằng túi giấy", "hợp tác xã cây ăn trái",
         "tuyến kênh tưới tiêu nội đồng"),
        ("vận động các hộ dân liên kết sản xuất", "tập huấn kỹ thuật xử lý ra hoa trái vụ",
         "kiểm tra nhật ký canh tác của từng hộ"),
        ("giúp lợi nhuận tăng gần 40% so với vụ trước", "được thương lái thu mua với giá 32.000 đồng/kg",
         "tạo việc làm thường xuyên cho hơn 120 lao động"),
    ),
    "cầu": (
        ("Khởi công cầu bắc qua rạch {place}", "{place}: Thông xe tuyến đường liên ấp",
         "Nhịp cầu nối đôi bờ ở {place}"),
        ("cây cầu bê tông dài 46m", "tuyến đường liên xã rộng 3,5m", "hệ thống đèn chiếu sáng năng lượng mặt trời",
         "đoạn bờ kè chống sạt lở"),
        ("huy động hơn 900 triệu đồng từ nguồn xã hội hóa", "phối hợp đơn vị thi công đẩy nhanh tiến độ",
         "tổ chức lấy ý kiến của bà con hai bên bờ rạch"),
        ("giúp học sinh không còn phải qua đò mỗi ngày", "rút ngắn quãng đường vận chuyển nông sản gần 7km",
         "được người dân đồng tình hiến hơn 2.400m2 đất"),
    ),
    "trường": (
        ("Học sinh {place} sáng tạo thùng rác thông minh", "Lớp học tình thương giữa lòng {place}",
         "Thư viện xanh nơi {place}"),
        ("thư viện lưu động", "câu lạc bộ khoa học kỹ thuật", "quỹ học bổng Vì em hiếu học",
         "phong trào đọc sách đầu giờ"),
        ("trao tặng sách, vở và xe đạp cho học sinh nghèo", "khuyến khích giáo viên đổi mới phương pháp giảng dạy",
         "duy trì lớp phụ đạo buổi tối"),
        ("giúp tỷ lệ học sinh bỏ học giảm còn 0,3%", "được phụ huynh hết lòng ủng hộ",
         "mang về 2 giải Nhì ở hội thi cấp tỉnh"),
    ),
    "giải": (
        ("Khai mạc giải bóng đá thanh niên {place}", "Giải đua xuồng truyền thống {place} sôi nổi",
         "{place} nhất toàn đoàn hội thao nông dân"),
        ("giải bóng đá mini", "nội dung kéo co nam nữ phối hợp", "trận chung kết trên sân cỏ nhân tạo",
         "đội tuyển trẻ của địa phương"),
        ("cử lực lượng hỗ trợ công tác tổ chức", "chuẩn bị chu đáo về chuyên môn và hậu cần",
         "tăng cường tập luyện thể lực cho vận động viên"),
        ("thu hút hơn 1.500 lượt khán giả đến cổ vũ", "tạo sân chơi lành mạnh cho thanh niên nông thôn",
         "để lại nhiều ấn tượng đẹp trong lòng người hâm mộ"),
    ),
    "y tế": (
        ("Khám bệnh miễn phí cho người cao tuổi {place}", "Chủ động phòng chống sốt xuất huyết ở {place}",
         "Trạm y tế {place} đổi mới phục vụ"),
        ("đợt khám bệnh và cấp thuốc miễn phí", "chiến dịch diệt lăng quăng", "tổ y tế lưu động",
         "hồ sơ sức khỏe điện tử"),
        ("cử bác sĩ về tận ấp để thăm khám", "phân công từng tổ nhân dân tự quản theo dõi",
         "tuyên truyền qua loa phát thanh mỗi sáng"),
        ("giúp hơn 600 lượt người được tư vấn", "góp phần giảm số ca mắc mới trong tháng",
         "được bà con tin tưởng và hưởng ứng"),
    ),
}  # fmt: skip
SENTENCES = (
    "{when}, {body} {place} {act}, qua đó {thing} {res}.",
    "Theo ông {man}, {thing} {res}, nhất là sau khi địa phương {act}.",
    "Bà {woman}, ngụ {place}, cho biết gia đình bà tham gia {thing} từ nhiều năm nay và nhận thấy việc này {res}.",
    "Không chỉ {act}, {body} còn quan tâm {thing}, {res}.",
    "Để có được kết quả ấy, {body} đã nhiều lần {act} và lắng nghe góp ý của người dân {place}.",
    "“Chúng tôi mong {thing} tiếp tục được nhân rộng, bởi thực tế đã {res}”, ông {man} chia sẻ.",
    "Bên cạnh những thuận lợi, {thing} ở {place} còn gặp không ít khó khăn về vốn và nhân lực.",
    "Thời gian tới, {body} sẽ {act} để {thing} đi vào chiều sâu.",
    "Anh {man} nhớ lại: “Lúc đầu ai cũng ngại, nhưng khi thấy {thing} {res} thì bà con làm theo”.",
)
SUBHEADS = (
    "Đổi thay từ cách nghĩ", "Nhiều kết quả đáng ghi nhận", "CHUNG SỨC ĐỒNG LÒNG",
    "Còn đó những băn khoăn", "Hướng đi bền vững", "Lan tỏa nghĩa tình quê hương",
)  # fmt: skip
CAPTIONS = (
    "Người dân {place} tham quan {thing}", "Ông {man} (bìa trái) giới thiệu {thing}",
    "Lãnh đạo {body} kiểm tra thực tế tại {place}", "Một góc {place} hôm nay (ảnh tư liệu)",
    "Bà {woman} phấn khởi bên {thing}",
)  # fmt: skip
LINES = (
    "2-1", "1/5", "30-4", "19/8/1945", "10 - 15", "0277 3851 234", "(1)", "7-0, 2-1", "2028",
    "3.452", "100%",
)  # fmt: skip
#: Headlines of other articles; some begin as labels do (E2).
OTHERS = (
    "Tin mới về tuyến cao tốc qua vùng trũng", "Xem thêm lịch cắt điện để chủ động sản xuất",
    "Mới nhất: mực nước đầu nguồn xuống chậm", "Đọc nhiều sách hay ở thư viện tỉnh dịp hè",
    "Tin liên quan vụ chìm sà lan trên sông Hậu", "Ra quân làm sạch bãi bồi ven sông Tiền",
    "Làng hoa kiểng tất bật vào vụ mới", "Tuyên dương 60 thanh niên làm kinh tế giỏi",
    "Đưa nước sạch về vùng sâu biên giới", "Hội thi nấu bánh xèo ở cù lao",
)  # fmt: skip
SAPOS = (
    "Đơn vị thi công cam kết hoàn thành trước mùa mưa bão năm sau.",
    "Ngành điện khuyến cáo khách hàng theo dõi thông báo trên ứng dụng.",
    "Cơ quan khí tượng dự báo triều cường còn dâng vào giữa tháng.",
)
