"""Self-written documents in the style of the published ones, of categories that nobody has encoded.

Their sentences are our own; their shapes (headings, marks, lists, ranges, line ends) are those of the
published editions. Each says what an importer must find in it.
"""

from typing import Any

from attrs import frozen


@frozen
class Sample:
    """A document and what is in it.

    Args:
        expected: for each indicator, field name and level -> the values that must be found.
        problems: how many passages must be reported as not understood.
    """

    name: str
    text: str
    expected: dict[tuple[str, int], dict[str, Any]]
    new_measures: tuple[str, ...] = ()
    problems: int = 0


PROJECTS = Sample(
    "projects.txt",
    """
職種の概要と達成度指標
（６）プロジェクトマネジメント
職種の概要
職種：プロジェクトマネジメント
職種の説明
プロジェクトを計画し、進め、終わらせるための管理を担う。
当該職種は、以下の専門分野に区分される。
●システム開発
業務システムの開発プロジェクトを管理する。
●ネットワークサービス
通信網を構築するプロジェクトを管理する。

プロジェクトマネジメントの達成度指標
専門分野
システム開発
レベル６

【ビジネス貢献】
●責任性
プロジェクトの全局面において、システム開発プロジェクト全体の責任者としてプロジェクトチームをリードする。要求された品質、
納期、コストを遵守し、プロジェクトを４回以上（内２回以上はレベル６、他はレベル５以上の複雑性、
サイズ相当）成功裡に完了した経験と実績を有する。また、複数プロジェクトの調整の経験と実績を有する。
●複雑性
以下の３項目以上の条件に該当するプロジェクトを成功裡に遂行した経験と実績を有する（国境をまたぐプロジェクトは必須）。
□国境をまたぐプロジェクト（時差、言語）　　　　　□要員の多い組織
□前例のない技術の採用　　　　□厳しい納期
□高い品質要求（性能、信頼性）
●サイズ
以下のいずれかの規模に相当するプロジェクトを成功裡に遂行した経験と実績を有する。
□ピーク時の要員数５００人以上、または年間契約金額１０億円以上
□ピーク時の要員数５０人以上５００人未満または年間契約金額５億円以上１０億円未満で、上記複雑性の条件の４項目以上に
該当
【プロフェッショナル貢献】
－以下のプロジェクトマネジメント領域の２項目以上について、他を指導することができる高度な専門性を保有し、業界に貢献している
□統合管理　　　□範囲管理　　　□進捗管理
－管理手法に関する技術の継承について、次のうち４項目以上の実績を有する
□社外講師　　□著書　　□特許出願
□社内講師　　□研究会の主宰　　□社外論文掲載
－後進の育成(メンタリング、コーチング等)

プロジェクトマネジメントの達成度指標
専門分野
システム開発
レベル５

【ビジネス貢献】
●責任性
プロジェクトの全局面において、プロジェクトマネージャとして、プロジェクトを２回以上（内１回以上はレベル５、他はレベル４以上の複雑性、サイズ相当）成功裡に完了した経験と実績を有する。
●複雑性
以下のいずれかの条件に該当するプロジェクトを成功裡に遂行した経験と実績を有する。
□厳しい納期
□高い品質要求（性能、信頼性）
●サイズ
以下の規模に相当するプロジェクトを成功裡に遂行した経験と実績を有する。
□サーバ１００台以上または開発規模５００人月以上
□全国に支店を持つ顧客のプロジェクト
【プロフェッショナル貢献】
－以下のプロジェクトマネジメント領域の全般について、高度な専門性を保有し、後進を指導している
□統合管理　　　□範囲管理

プロジェクトマネジメントの達成度指標
専門分野
システム開発
レベル４

【ビジネス貢献】
●責任性
プロジェクトのサブリーダーとして、プロジェクトを１回以上（レベル４の複雑性、サイズ相当）実施した経験と実績を有する。
●複雑性
以下の２項目以上に該当するプロジェクトに参画した経験と実績を有する。
□厳しい納期
□高い品質要求（性能、信頼性）
●サイズ
特定せず
【プロフェッショナル貢献】
－以下のプロジェクトマネジメント領域のいずれかについて、専門性を保有し、独力で実践している
□統合管理
〈備考〉
－プロジェクトマネージャ試験（PM）またはシステムアーキテクト試験（SA）の合格により、レベル４に求められる最低限の能力を有するものとみなす。
""",
    {
        ("システム開発", 6): {
            "responsibility.role": "overall_responsible",
            "responsibility.engagements": [4, 2, 6, 5],
            "responsibility.or_above": True,
            "responsibility.succeeded": True,
            "complexity.at_least": 3,
            "complexity.required": 1,
            "complexity.criteria": 5,
            "responsibility.outcomes": 3,
            "responsibility.experiences": 1,
            "size": [
                (
                    [("peak_staff", 500, None), ("annual_contract_yen", 10**9, None)],
                    None,
                    False,
                    None,
                ),
                (
                    [("peak_staff", 50, 500), ("annual_contract_yen", 5 * 10**8, 10**9)],
                    4,
                    False,
                    None,
                ),
            ],
            "areas.at_least": 2,
            "areas.depth": "leads_industry_contribution",
            "areas.items": 3,
            "succession.at_least": 4,
            "succession.items": 6,
            "mentoring": True,
        },
        ("システム開発", 5): {
            "responsibility.role": "responsible",
            "responsibility.engagements": [2, 1, 5, 4],
            "complexity.at_least": 1,
            "size": [
                (
                    [
                        ("servers_machines", 100, None),
                        ("development_scale_person_months", 500, None),
                    ],
                    None,
                    False,
                    None,
                ),
                ([("size_in_words", "size_system_development_5_1", None)], None, False, None),
            ],
            "areas.at_least": "all",
            "areas.depth": "guides_juniors",
            "mentoring": False,
        },
        ("システム開発", 4): {
            "responsibility.role": "leader",
            "responsibility.engagements": [1, None, None, None],
            "responsibility.work_level": 4,
            "responsibility.or_above": False,
            "size": [],
            "examinations": ["SA", "PM"],
        },
    },
    ("servers_machines", "development_scale_person_months"),
)

SALES = Sample(
    "sales.md",
    """# セールスの達成度指標

専門分野	製品販売	レベル4
<p><b>【ビジネス貢献】</b></p> <p>●<b>責任性</b> 販売の局面において、販売チームのリーダーとしてメンバをリードする。顧客満足度、収益性を維持しつつ、販売活動を２年以上(レベル4以上の複雑性、サイズ相当)成功裡に継続した経験と実績を有する。</p> <p>●<b>複雑性</b> 次の条件のうち2つ以上に該当する販売活動を成功裡に遂行した経験と実績を有する。 <input type="checkbox"/> 競合の多い市場 <input type="checkbox"/> 新しい製品分野 <input type="checkbox"/> 複数の意思決定者</p> <p>●<b>サイズ</b> 以下のいずれかの規模に相当する販売活動を成功裡に実施した経験と実績を有する。 <input type="checkbox"/> 年間売上高3億5千万円以上 <input type="checkbox"/> 年間受注件数が20件を超える <input type="checkbox"/> 担当する顧客が5社以上10社以下で、上記複雑性の条件の3項目以上に該当</p> <p><b>【プロフェッショナル貢献】</b></p> <p>ー以下のセールス領域について、高度な専門性を保有し、後進を指導している</p> <ul><li><input type="checkbox"/>市場の分析</li><li><input type="checkbox"/>提案の作成</li></ul> <p>ーセールスの技術の継承に対して次の1項目以上の実績を有する <input type="checkbox"/> 著書 <input type="checkbox"/> 社内講師</p> <p>ー後進の育成(メンタリング、コーチング等)</p>

## セールスの達成度指標

専門分野	製品販売	レベル3
<p><b>【ビジネス貢献】</b></p> <p>●責任性 販売チームの担当者として、販売活動を1年以上(レベル3以上の複雑性、サイズ相当)実施した経験と実績を有する。</p> <p>●複雑性 以下の幾つかに該当する販売活動に参画した経験と実績を有する。</p> <ul><li><input type="checkbox"/> 新しい製品分野</li><li><input type="checkbox"/> 複数の意思決定者</li></ul> <p>●サイズ <input type="checkbox"/> 規模は問わない</p> <p><b>【プロフェッショナル貢献】</b></p> <p>ー以下のセールス領域の主要テーマについて基本的な知識と経験を有する</p> <ul><li><input type="checkbox"/>市場の分析</li></ul>
""",
    {
        ("製品販売", 4): {
            "responsibility.role": "leader",
            "responsibility.years": 2,
            "responsibility.work_level": 4,
            "responsibility.continued": True,
            "responsibility.outcomes": 2,
            "complexity.at_least": 2,
            "complexity.criteria": 3,
            "size": [
                ([("annual_sales_yen", 350_000_000, None)], None, False, None),
                ([("annual_orders_cases", 21, None)], None, False, None),
                ([("customers_companies", 5, 11)], 3, False, None),
            ],
            "areas.at_least": None,
            "areas.depth": "guides_juniors",
            "succession.at_least": 1,
            "succession.items": 2,
            "mentoring": True,
        },
        ("製品販売", 3): {
            "responsibility.role": "member",
            "responsibility.years": 1,
            "complexity.at_least": "some",
            "size": [],
            "areas.depth": "basic",
        },
    },
    ("annual_sales_yen", "annual_orders_cases", "customers_companies"),
)

CONSULTING = Sample(
    "consulting.txt",
    """Description of Job Career
Advises customers on how to use information technology.
 Key Performance Indicator : Consulting
Specialty

Field
Business transformation Level 5

[Contribution to business]
●Responsibilities
Acts as a person responsible for the whole of consulting projects by leading the consultants. Assures
quality, profitability and customer satisfaction in consulting. Has experience in achieving successful
results three times or more (one or more of which are equivalent to the complexity and size of Level 5,
and others are equivalent to Level 4 or above).
●Complexity
Has experience in achieving successful results in consulting that meets three or more of the following
complexity criteria. (Several lines of business is required)
□Several lines of business (finance, manufacturing,
distribution)
□Several countries □Resistance to change
□New business model
●Size
Has experience in achieving successful results in consulting of either one of the following size.
□Project with 30 persons or more during peak periods, or an annual contract value of 300 million yen or
more.
□Customer with 2,000 nodes or more
□In case of the project that meets four or more complexity criteria (above), with 10 or more but less than
30 persons during peak periods.
[Contribution to professional society]
-Holds the high specialty in two or more of the following major themes of this Specialty Field sufficient
enough to guide others and contributes to the industry.
□Strategy planning      □Change management   □Finance
-Has recognized accomplishments four items or more in the area of technology succession of consulting.
□Publication of a book    □Instructor within the company   □Filing of a patent application
□Publication of a paper outside the company
-Has accomplishments in developing subordinates (by mentoring, coaching, etc.)
 Key Performance Indicator : Consulting
Specialty

Field
Business transformation Level 4

[Contribution to business]
●Responsibilities
Acts as a member of consulting team under guidance of a higher-level specialist. Has experience in consulting
for two years or more (equivalent to complexity and size of Level 4).
●Complexity
Has experience in participating in consulting regardless of complexity.
●Size
Not specified.
[Contribution to professional society]
-Has basic knowledge and experience of the following major themes of this Specialty Field.
□Finance
""",
    {
        ("Business transformation", 5): {
            "responsibility.role": "overall_responsible",
            "responsibility.engagements": [3, 1, 5, 4],
            "responsibility.or_above": True,
            "responsibility.outcomes": 3,
            "complexity.at_least": 3,
            "complexity.required": 1,
            "complexity.criteria": 4,
            "size": [
                (
                    [("peak_staff", 30, None), ("annual_contract_yen", 300_000_000, None)],
                    None,
                    False,
                    None,
                ),
                ([("customer_nodes", 2000, None)], None, False, None),
                ([("peak_staff", 10, 30)], 4, True, None),
            ],
            "areas.at_least": 2,
            "areas.depth": "leads_industry_contribution",
            "areas.items": 3,
            "succession.at_least": 4,
            "succession.items": 4,
            "mentoring": True,
        },
        ("Business transformation", 4): {
            "responsibility.role": "member",
            "responsibility.supervised": True,
            "responsibility.years": 2,
            "responsibility.work_level": 4,
            "complexity.at_least": 0,
            "size": [],
            "areas.depth": "basic",
        },
    },
    ("customer_nodes",),
)

TEACHING = Sample(
    "teaching.txt",
    """エデュケーションの達成度指標
専門分野 研修企画 レベル5
責任性:
－研修企画の責任者として、以下の責任をもち、企画メンバを指揮・リードして研修企画を実施した経験・実績を有する
・研修の品質目標の達成
・与えられた予算内でのサービス提供
複雑性:
－同一職種の上位レベルの指導の下、以下の幾つかに相当する複雑度の研修企画の経験・実績を有する
・受講者の経歴の多様さ
・教材の新しさ
サイズ:
－以下の規模に相当する研修企画を成功裡に実施した経験・実績を有する
・年間受講者数300人以上、または研修コース数10コース以上
タスク特性:
－以下のタスク特性を踏まえた研修企画及びプロフェッショナル活動の経験・実績を有する
・最適解の選択、研修後の定着の確認
・後進育成、社内のコミュニティ活動等のプロフェッショナルとしての貢献/実績
""",
    {
        ("研修企画", 5): {
            "responsibility.role": "responsible",
            "responsibility.supervised": True,
            "responsibility.succeeded": True,
            "responsibility.outcomes": 2,
            "complexity.at_least": "some",
            "complexity.criteria": 2,
            "size": [
                (
                    [("annual_trainees_people", 300, None), ("training_courses", 10, None)],
                    None,
                    False,
                    None,
                )
            ],
            "contributions": 2,
        }
    },
    ("annual_trainees_people", "training_courses"),
)

UNREADABLE = Sample(
    "unreadable.txt",
    """コンサルタントの達成度指標
専門分野
業務改革
レベル４
【ビジネス貢献】
●責任性
コンサルタントチームのリーダーとして、ただし海外を除き、改革を２回以上（レベル４の複雑性、サイズ相当）成功裡に遂行した経験と実績を有する。
●複雑性
以下の２項目以上に該当する改革を遂行した経験と実績を有する。
□部門の多さ
□関係者の多さ
●サイズ
以下のいずれかの規模に相当する改革を遂行した経験と実績を有する。
□対象部門の数が多いほどよいが少なくとも概ね３０人以上
【プロフェッショナル貢献】
－以下の領域のいずれかについて、おおいに頑張っている
□業務分析
""",
    {("業務改革", 4): {"complexity.at_least": 2}},
    problems=3,
)

ALL = (PROJECTS, SALES, CONSULTING, TEACHING, UNREADABLE)
