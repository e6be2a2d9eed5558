# ruff: noqa: E501 — the text of articles is not broken to fit a column.
"""Hand-written articles of generation A. The comment above each says what it is there for."""

from __future__ import annotations

from archive.models import Author
from newsroom.handwriting import special
from newsroom.records import Picture, Story, Twin
from newsroom.sections import section


def written_a() -> list[Story]:
    """Every kind of page that A is known or feared to have had."""
    return [
        # The project's first page in kind: agency mark, long lead, one caption right after it, byline in capitals.
        special(
            "dan-van",
            ("A", "chinh-tri"),
            "a-2017",
            "2018-01-09 08:05:41",
            "Công tác dân vận ở cơ sở có nhiều đổi mới",
            "Năm 2017, các xã, phường, thị trấn trên địa bàn tỉnh sắp xếp lại nơi tiếp dân, niêm yết lịch trực của"
            " lãnh đạo và trả lời đơn, thư ngay trong tuần. Nhiều nơi chọn “Ngày thứ Sáu nghe dân nói”, cán bộ ngồi"
            " cùng bà con từ đầu giờ sáng để ghi từng việc một.",
            "Tại huyện Tam Nông, mỗi tháng có gần 60 lượt người dân đến trình bày những vướng mắc về đất đai, nước"
            " sạch và đường giao thông. Phần lớn được giải thích tại chỗ; số còn lại có giấy hẹn ghi rõ ngày trả lời.",
            "Theo Ban Tiếp công dân tỉnh, những mô hình “Dân vận khéo” như vậy giúp số đơn vượt cấp giảm rõ rệt, nhất là"
            " ở những xã có dự án mở đường.",
            more=0,
            agency="ĐTO",
            byline="HẠNH DUNG",
            pictures=(
                Picture(
                    "/database/image/2018/01/09/tiepdan.jpg",
                    "Người dân xã Phú Cường trình bày kiến nghị trong “Ngày thứ Sáu nghe dân nói”",
                    1,
                ),
            ),
        ),
        # The oldest page: text parted by <br><br>, no agency mark.
        special(
            "sen-2012",
            ("A", "nong-nghiep"),
            "a-2017-br",
            "2012-06-20 07:53:00",
            "Nông dân Tháp Mười thu hoạch sen trái vụ",
            "Những ngày này, trên các cánh đồng sen ở xã Mỹ Hòa, huyện Tháp Mười, người hái sen đã xuống đồng từ lúc"
            " trời còn mờ sương.",
            "Ông Nguyễn Văn Tấn, có 12 công sen, cho biết gương sen năm nay lớn đều, thương lái đến tận ruộng cân.",
            "Giá sen gương dao động từ 8.000 đến 11.000 đồng/kg, cao hơn cùng kỳ năm trước.",
            more=2,
            byline="Hòa Hiệp",
            pictures=(
                Picture(
                    "/database/image/2012/06/20/sen.jpg",
                    "Thu hoạch gương sen ở xã Mỹ Hòa",
                    1,
                    host="http://www.baodongthap.com.vn",
                ),
            ),
        ),
        # Kicker with a colon above the title (2016), byline in mixed case.
        special(
            "hong-ngu",
            ("A", "xa-hoi"),
            "a-2017",
            "2016-03-11 05:14:51",
            "Chủ động phòng, chống sạt lở bờ sông",
            "Mùa khô chưa dứt nhưng nhiều đoạn bờ sông Tiền qua huyện Hồng Ngự đã xuất hiện vết nứt dài, buộc chính"
            " quyền phải di dời khẩn cấp 14 hộ dân.",
            "Đoạn nguy hiểm nhất dài hơn 300m, chỉ cách tỉnh lộ 841 chừng 20m. Ngoài sạt lở, các xã cù lao còn lo"
            " hạn mặn kéo dài làm thiếu nước ngọt sinh hoạt.",
            kicker="Huyện Hồng Ngự:",
            byline="Hồng Lâm-N.Lâm",
            authors="Hồng Lâm|N.Lâm",
        ),
        # Kicker without a colon (2023) in the later template, two authors.
        special(
            "go-thap",
            ("A", "van-hoa"),
            "a-2019",
            "2023-07-05 09:02:17",
            "Nơi lưu giữ dấu tích nền văn hóa Óc Eo",
            "Giữa vùng trũng Đồng Tháp Mười, gò đất cao hơn 5m ấy đã giữ trong lòng những nền gạch hơn nghìn năm tuổi.",
            "Mỗi lớp đất được bóc lên là một lần các nhà khảo cổ phải quỳ xuống, dùng cọ quét từng viên gạch.",
            "NƠI HỘI TỤ NHIỀU GIÁ TRỊ",
            "Không chỉ có di chỉ, nơi đây còn giữ lễ hội vía Bà Chúa Xứ, đền thờ Thiên hộ Dương và Đốc binh Kiều.",
            subheads=frozenset({2}),
            kicker="Khu di tích Gò Tháp",
            agency="ĐTO",
            byline="Hữu Lâm - Nguyễn Phúc Quyên",
            authors="Hữu Lâm|Nguyễn Phúc Quyên",
            # A subhead directly after a caption: by text alone nobody could tell one from the other.
            pictures=(
                Picture(
                    "/database/image/2023/07/05/gothap1.jpg",
                    "Du khách tham quan, cúng viếng tại đền thờ Thiên hộ Dương",
                    1,
                    "em-nodes",
                ),
                Picture(
                    "/database/image/2023/07/05/gothap2.jpg",
                    "Nền gạch cổ được che mái bảo vệ",
                    2,
                    "em",
                    "https://cdn.baodongthap.vn",
                ),
            ),
        ),
        # The locality inside the title, caption broken over two lines; both tone styles in one text.
        special(
            "khai-truong",
            ("A", "kinh-te"),
            "a-2019",
            "2019-05-02 06:30:00",
            "TP.Sa Đéc: Khai trương điểm trưng bày hoa kiểng",
            "Tỉnh uỷ, UBND tỉnh và TP.Sa Đéc vừa khai trương điểm trưng bày hoa kiểng đầu tiên đặt ngay giữa làng hoa.",
            "Phát biểu tại buổi lễ, đại diện Tỉnh ủy đề nghị địa phương giữ cho được giống hồng cổ.",
            "Điểm trưng bày rộng 2.000m², mở cửa cả ngày lẫn đêm, phần đông khách đến từ TP.HCM.",
            # A number that the paper really gave on that day, and that the docs use as their example.
            number=84085,
            agency="ĐTO",
            byline="Minh Thư",
            pictures=(
                Picture(
                    "/database/image/2019/05/02/saded1.jpg",
                    "Bí thư Tỉnh uỷ (bên phải) thăm gian hàng hồng cổ của nhà vườn Tân Quy Đông",
                    1,
                    "em-lines",
                ),
                Picture(
                    "/database/image/2019/05/02/saded2.jpg",
                    "Nhiều giống hoa mới được giới thiệu",
                    2,
                    "em",
                ),
                Picture("/database/image/2019/05/02/saded3.png", None, 3, "em"),
            ),
        ),
        # Captions in a table and in a figure; body wrapped in a div (others' recipes drop it).
        special(
            "tram-chim",
            ("A", "nong-nghiep"),
            "a-2019-div",
            "2021-02-23 05:02:10",
            "Vườn quốc gia Tràm Chim phục hồi đồng cỏ năng",
            "Sau hai mùa khô đốt cỏ có kiểm soát, bãi năng kim ở phân khu A5 đã xanh trở lại, chim nước về nhiều hơn.",
            "Cán bộ kiểm lâm đếm được 31 loài chim chỉ trong một buổi sáng. Sau đợt hạn mặn năm trước, vườn giữ mực nước"
            " cao hơn để phòng cháy.",
            agency="ĐTO",
            byline="N.LONG",
            pictures=(
                Picture(
                    "/database/image/2021/02/23/tc1.jpg",
                    "Kiểm lâm viên ghi chép mực nước",
                    1,
                    "table",
                ),
                Picture(
                    "/database/image/2021/02/23/tc2.jpg",
                    "Đàn cò ốc trên bãi năng",
                    2,
                    "figure",
                ),
            ),
        ),
        # The audio file's bare address above the lead.
        special(
            "nghe-doc",
            ("A", "xa-hoi"),
            "a-2019",
            "2024-02-13 05:14:51",
            "Mùng Bốn Tết, chợ nổi đã đông ghe",
            "Mới mùng Bốn Tết, những chiếc ghe chở dưa hấu, bông vạn thọ muộn đã tấp nập trở lại khúc sông quen.",
            "Bà con nói vui, ghe nào mở hàng trước thì cả năm xuôi chèo mát mái. Điều ai cũng nhắc nhau là trữ nước sớm,"
            " vì hạn mặn năm nay đến trước Tết.",
            agency="ĐTO",
            byline="Bài: Lê Thanh - Ảnh: Minh Thư",
            authors=(Author("Lê Thanh", "text"), Author("Minh Thư", "photo")),
            audio="http://baodongthap.com.vn/database/video/20240213051820cx8.mp3",
        ),
        # Agency copy: the mark and the source line both name the agency.
        special(
            "ttxvn",
            ("A", "kinh-te"),
            "a-2019",
            "2022-08-31 14:20:08",
            "Xuất khẩu gạo bảy tháng vượt bốn triệu tấn",
            "Bảy tháng đầu năm, cả nước xuất khẩu hơn bốn triệu tấn gạo, tăng cả về lượng và giá trị.",
            "Các thị trường truyền thống vẫn giữ nhịp mua, trong khi châu Âu tăng đơn hàng gạo thơm.",
            agency="TTXVN",
            byline="Theo TTXVN",
            source="TTXVN",
        ),
        # A reprint without a mark.
        special(
            "vov",
            ("A", "giao-duc"),
            "a-2017",
            "2017-09-12 16:44:39",
            "Nhiều trường đại học công bố điểm chuẩn bổ sung",
            "Chiều nay, hàng loạt trường đại học công bố điểm chuẩn xét tuyển bổ sung đợt một.",
            "Thí sinh trúng tuyển xác nhận nhập học trước ngày 20/9.",
            byline="Theo VOVnews.vn",
            source="VOVnews.vn",
        ),
        # No byline; the last paragraph is prose that begins with "Theo".
        special(
            "khong-ten",
            ("A", "phap-luat"),
            "a-2017",
            "2015-01-05 10:40:02",
            "Bắt quả tang nhóm đối tượng đá gà ăn tiền",
            "Công an huyện Lai Vung vừa bắt quả tang 9 đối tượng đang đá gà ăn thua bằng tiền tại một vườn quýt.",
            "Tang vật gồm 4 con gà, 6 xe gắn máy và hơn 18 triệu đồng.",
            "Theo lời khai ban đầu, nhóm này chọn vườn quýt vì có nhiều lối thoát ra kênh.",
            more=0,
        ),
        # A desk as author; the slug ends in numbers, and tomorrow's bulletin has nearly the same title.
        *(
            special(
                f"ban-tin-{day}",
                ("A", "xa-hoi"),
                "a-2019",
                f"2021-08-{day} 07:1{day % 10}:25",
                f"Bản tin Covid-19 tỉnh Đồng Tháp sáng ngày {day}/8/2021",
                first,
                second,
                topic="health",
                more=5,
                agency="ĐTO",
                byline=byline,
            )
            for day, first, second, byline in (
                (
                    11,
                    "Sáng nay, toàn tỉnh ghi nhận 98 ca mắc mới, trong đó có 71 ca trong khu phong tỏa.",
                    "TP Sa Đéc tiếp tục xét nghiệm mở rộng ở các phường ven sông.",
                    "BCĐ PHÒNG CHỐNG DỊCH COVID-19 TỈNH ĐỒNG THÁP",
                ),
                (
                    12,
                    "Số ca khỏi bệnh trong ngày vượt số ca mắc mới lần đầu tiên sau ba tuần giãn cách.",
                    "Hai khu cách ly ở huyện Châu Thành được giải tỏa từ 18 giờ hôm qua.",
                    "Nhóm PV CT-XH",
                ),
            )
        ),
        # Initials; the address is only known in hex; the byline names text and photo.
        special(
            "chi-hex",
            ("A", "phap-luat"),
            "a-2017",
            "2017-08-22 09:31:07",
            "Hai anh em cứu người trên sông giữa đêm",
            "Nghe tiếng kêu giữa đêm, hai anh em chài lưới ở Cái Tàu Hạ quay ghe, vớt được ba người bị lật xuồng.",
            "Cả ba là người cùng một nhà, đi đám giỗ về thì gặp giông.",
            byline="Bài, ảnh: Mỹ Lý - K.D",
            authors=(Author("Mỹ Lý", "text+photo"), Author("K.D", "text+photo")),
            hex_only=True,
        ),
        # Several items on one page with nothing between them; listed in two rubrics.
        special(
            "tin-ngan",
            ("A", "xa-hoi"),
            "a-2017",
            "2018-08-06 05:46:11",
            "Các địa phương tặng quà học sinh nghèo",
            "Hội Khuyến học TX.Hồng Ngự tặng 60 phần quà cho học sinh có hoàn cảnh khó khăn trước năm học mới.",
            "Cùng ngày, tại huyện Châu Thành, một nhóm cựu học sinh góp 25 xe đạp cho nữ sinh ở xa trường.",
            "Ở huyện Tân Hồng, các chiến sĩ biên phòng nhận đỡ đầu 11 em mồ côi đến hết lớp 12.",
            more=2,
            byline="K.N",
            also_in=(section("A", "giao-duc"),),
        ),
        # The rubric whose slug ends in a hyphen.
        special(
            "cu-tri",
            ("A", "bau-cu-dbqh-khoa-xv-db-hdnd-cac-cap-2021-2026-"),
            "a-2019",
            "2021-05-15 11:08:59",
            "Cử tri vùng biên háo hức chờ ngày hội lớn",
            "Còn một tuần nữa mới đến ngày bầu cử, nhưng ở các xã biên giới huyện Tân Hồng, cờ hoa đã rợp đường.",
            "Danh sách cử tri được niêm yết tại từng chốt dân quân.",
            topic="politics",
            agency="ĐTO",
            byline="Văn Đấu",
        ),
        special(
            "guong-bac",
            ("A", "hoc-tap-va-lam-theo-tam-guong-chu-tich-ho-chi-minh"),
            "a-2019",
            "2020-10-18 05:20:33",
            "Ông giáo già và tủ sách bên đường",
            "Mười năm nay, mái hiên nhà ông giáo Sáu ở xã Tân Khánh Đông là thư viện của trẻ con trong xóm.",
            "Sách rách thì ông dán, sách thiếu trang thì ông chép tay bù vào.",
            topic="education",
            # No agency mark, as on some later pages; the caption names its photographer.
            byline="NGUYỄN LONG",
            pictures=(
                Picture(
                    "/database/image/2020/10/18/tusach.jpg",
                    "Trẻ em trong xóm đọc sách dưới mái hiên nhà ông giáo Sáu. Ảnh: Minh Thư",
                    1,
                    "em",
                    credit="Minh Thư",
                ),
            ),
        ),
        # Characters that break careless printers.
        special(
            "ky-tu",
            ("A", "kinh-te"),
            "a-2019",
            "2019-11-25 15:15:15",
            "“Bắt tay” sản xuất & tiêu thụ: lợi nhuận <5% vẫn làm",
            "Với biên lợi nhuận dưới 5%, nhiều hợp tác xã nuôi cá tra vẫn ký hợp đồng dài hạn vì “được cái yên tâm”.",
            "Công ty cam kết mua khi giá chợ < giá sàn & chịu chi phí vận chuyển; đổi lại, nhà vườn ghi nhật ký"
            " đầy đủ.",
            agency="ĐTO",
            byline="Tin, ảnh: Thế Phương – Thanh Nguyên",
            authors=(Author("Thế Phương", "text+photo"), Author("Thanh Nguyên", "text+photo")),
        ),
        # Sentences that speak as boilerplate does, and a last one that is short.
        special(
            "nhu-rac",
            ("A", "xa-hoi"),
            "a-2019",
            "2023-12-12 05:31:40",
            "Từ góc “Ý kiến bạn đọc” đến con đường nông thôn mới",
            "Từ những dòng bạn đọc gửi bình luận trên mặt báo, con đường lầy lội ở ấp Tân Hòa đã được tráng nhựa.",
            "“Đọc báo thấy mục gửi bình luận của bạn đọc, tôi viết đại mấy dòng”, ông Năm Lành kể.",
            "Không quảng cáo rình rang, Ban Biên tập chuyển thư đến huyện, rồi theo dõi trên từng mét đường.",
            "Đường xong rồi!",
            more=0,
            agency="ĐTO",
            byline="Hòa Hiệp",
        ),
        # Photo stories: title, stamp, lead, and a gallery; no byline.
        *(
            special(
                f"phong-su-anh-{year}",
                ("A", "phong-su-anh"),
                template,
                f"{year}-{rest}",
                title,
                lead,
                more=0,
                kind="photo",
                agency=agency,
                pictures=tuple(
                    Picture(f"/database/image/{year}/{folder}/psa{turn}.jpg", caption, 1, "figure")
                    for turn, caption in enumerate(captions, 1)
                ),
            )
            for year, rest, folder, template, title, lead, agency, captions in (
                (
                    2015,
                    "12-02 08:00:00",
                    "12/02",
                    "a-2017",
                    "Mùa nước nổi trên cánh đồng Tân Hồng",
                    "Nước về muộn nhưng mỗi sáng, người dân vẫn chống xuồng ra đồng giăng lưới, hái bông súng.",
                    None,
                    ("Giăng lưới từ sáng sớm", "Bông súng đầy xuồng", "Chợ cá đồng họp lúc 4 giờ"),
                ),
                (
                    2022,
                    "10-18 06:10:05",
                    "10/18",
                    "a-2019",
                    "Làng chiếu Định Yên vào vụ Tết",
                    "Từ tháng 10, những bó lác nhuộm đủ màu phơi kín hai bên đường làng chiếu trăm năm tuổi.",
                    "ĐTO",
                    (
                        "Phơi lác",
                        "Nhuộm màu bên bếp lửa",
                        "Khung dệt tay còn sót lại",
                        "Xếp chiếu lên ghe",
                    ),
                ),
            )
        ),
        # A video page of A: an ordinary number, one line of text, a layout table.
        special(
            "clip-a",
            ("A", "video-clip"),
            "a-2019",
            "2020-01-14 19:00:00",
            "Làng hoa Sa Đéc những ngày giáp Tết",
            "Hàng triệu giỏ hoa đã sẵn sàng xuống ghe, lên xe đi khắp nơi.",
            more=0,
            kind="video",
            media=("https://cdn.baodongthap.vn/database/video/20200114185501ab3.mp4",),
        ),
        # One article, two generations: C shows minutes, no kicker, "(ĐTO)" for "ĐTO -".
        special(
            "lien-the-he",
            ("A", "xa-hoi"),
            "a-2019",
            "2025-05-19 17:42:36",
            "Đường về cù lao không còn lụy phà",
            "Hơn hai mươi năm chờ đợi, người dân cù lao Long Phú Thuận đã có cây cầu nối đôi bờ sông Tiền.",
            "Chuyến xe đầu tiên qua cầu chở theo một cô dâu, và cả xóm ra xem.",
            kicker="Huyện Hồng Ngự",
            agency="ĐTO",
            byline="Dương Út",
            pictures=(
                Picture(
                    "/database/image/2025/05/19/cau.jpg",
                    "Người dân cù lao đi bộ qua cầu trong ngày thông xe",
                    1,
                ),
            ),
            twin=Twin(131207, section("C", "xa-hoi"), "c-cantho"),
        ),
        # The same, but the old address redirects to the new one.
        special(
            "chuyen-dia-chi",
            ("A", "van-hoa"),
            "a-2019",
            "2025-04-30 06:00:45",
            "Ký ức tháng Tư của người giao liên",
            "Ở tuổi 78, bà Bảy Lan vẫn nhớ từng con rạch đã chèo qua trong những đêm không trăng.",
            "Chiếc xuồng ba lá ngày ấy nay nằm trong nhà truyền thống xã.",
            agency="ĐTO",
            byline="Ngọc Tài",
            twin=Twin(131018, section("C", "van-hoa-nghe-thuat"), "c-camau", redirects=True),
        ),
    ]
