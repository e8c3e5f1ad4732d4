/**
 * First names and surnames per language, one a word. `_` is a space, `+` stands after a tussenvoegsel
 * (`van_den+Berg`), `/` before the form that a woman bears (`Kowalski/Kowalska`).
 */
export interface NameList {
	/** Out of a hundred pupils, about how many. */
	readonly share: number;
	readonly girls: string;
	readonly boys: string;
	readonly families: string;
}

export const nameLists: readonly NameList[] = [
	{
		// Flemish: the article belongs to the surname.
		share: 33,
		girls:
			'Emma Louise Elise Marie Noor Lotte Fien Julie Laura Amber Nore Lien Hanne Jolien Femke Anouk Ella Mila Juliette Camille Lore Margot Paulien Roos Hannelore Anne-Sophie Marie-Louise Liesbeth Ine Janne',
		boys: 'Lucas Arthur Noah Jules Louis Victor Lars Wout Seppe Jasper Robbe Senne Mathis Finn Kobe Stan Vic Warre Matteo Thibo Rune Ruben Bram Simon Gust Pieter-Jan Pieter-Alexander Jan-Willem Cédric Siebe',
		families:
			'Peeters Janssens Maes Jacobs Mertens Willems Claes Goossens Wouters De_Smet Hermans Pauwels Dubois Aerts Michiels Martens Desmet Hendrickx Smets Segers Bogaert Verhoeven Van_den_Broeck Van_de_Velde Vermeulen Van_Damme De_Clercq Lemmens Vandenberghe Beuken De_Vos Appels Bockstal Boeren Wauters Thijs Verstraete Van_Acker Cools Vercammen Van_den_Bossche D’Hondt T’Jampens Vandecasteele Stevens Van_der_Auwera'
	},
	{
		share: 8,
		girls:
			'Sophie Fleur Isa Saar Evi Lieke Maud Sanne Jet Floor Eva Tess Yara Britt Noortje Willemijn Annelot Pien',
		boys: 'Daan Sem Bas Thijs Luuk Teun Jelle Sjoerd Joris Tijn Ties Gijs Hidde Niels Koen Floris Jurre Pepijn',
		families:
			'van_den+Berg de+Vries van_der+Meer Bakker Visser de+Boer Mulder de+Groot van+Dijk Hoekstra van_der+Linden in_’t+Veld Dijkstra Kuipers van+Leeuwen ter+Horst Postma op_den+Kamp van_’t+Hof Jansen'
	},
	{
		// Turkish.
		share: 9,
		girls:
			'Süheda Elif Zeynep Ayşe Büşra Esra Melisa Defne Nisa Hatice İrem Ecrin Azra Beyza Sezen Gülsüm Çağla Rümeysa',
		boys: 'Emir Yusuf Ömer Eymen Mustafa Kerem Berat Çınar Umut Efe Ege Oğuzhan İbrahim Furkan Barış Deniz Alperen Görkem',
		families:
			'Yılmaz Kaya Demir Şahin Çelik Yıldız Öztürk Aydın Özdemir Arslan Doğan Kılıç Çetin Koç Karataş Güneş Aktaş Bayrak Şimşek Yıldırım'
	},
	{
		// Moroccan.
		share: 12,
		girls:
			'Amina Yasmina Salma Nour Hiba Imane Hajar Malak Inès Sara Rania Chaimae Soukaina Lina Ikram Dounia Fatima-Zahra Asmae Kaoutar Jannah',
		boys: 'Mohamed Amine Ayoub Ilyas Bilal Hamza Anas Youssef Rayan Soufiane Adam Imran Zakaria Walid Ismaël Nassim Mohamed-Amine Yassine Abdulghani Othmane',
		families:
			'El_Amrani Bouzid Benali El_Idrissi Ouali Aït_Ouakrim Tahiri El_Khattabi Bakkali Haddouchi Ben_Ayad Chakir Ouchen El_Ouahabi Azzouzi Belhaj Mimouni Aarab Bensaïd Ziani El_Moussaoui Boutaleb'
	},
	{
		// Arabic of Syria, Iraq and Palestine.
		share: 5,
		girls: 'Rahaf Shahd Mariam Layan Hala Retaj Sidra Jana Tala Bayan Joud Lamar',
		boys: 'Ahmad Omar Khaled Abdullah Yazan Kareem Majd Taim Hassan Qusay Nizar Laith',
		families:
			'Al-Hassan Haddad Al-Ahmad Darwish Kanaan Al-Masri Saleh Najjar Al-Khatib Abu_Zeid Al-Jabouri Hamdan Shaheen Al-Rifai'
	},
	{
		// Arabic, as written.
		share: 1.5,
		girls: 'مريم ليان رهف سدرة نور',
		boys: 'محمد عمر يزن خالد كريم',
		families: 'الحسن حداد درويش المصري عبد_الرحمن'
	},
	{
		share: 5,
		girls:
			'Zuzanna Łucja Maja Hanna Wiktoria Oliwia Amelia Alicja Małgorzata Kinga Antonina Agnieszka',
		boys: 'Jakub Szymon Mikołaj Wojciech Kacper Łukasz Filip Stanisław Michał Bartosz Krzysztof Grzegorz',
		families:
			'Kowalski/Kowalska Wiśniewski/Wiśniewska Nowak Wójcik Kamiński/Kamińska Zieliński/Zielińska Szymański/Szymańska Woźniak Dąbrowski/Dąbrowska Mazur Król Wróbel Jabłoński/Jabłońska Brzęczyszczykiewicz'
	},
	{
		// Ukrainian.
		share: 3.5,
		girls: 'Sofiia Anastasiia Oleksandra Polina Daryna Zlata Yeva Kateryna Solomiia Yelyzaveta',
		boys: 'Artem Maksym Danylo Bohdan Nazar Tymofii Oleksii Yehor Volodymyr Mykhailo',
		families:
			'Shevchenko Kovalenko Bondarenko Tkachenko Kravchuk Melnyk Petrenko Savchenko Lysenko Khomenko Hrytsenko Vyshnevskyi/Vyshnevska'
	},
	{
		// Ukrainian, as written.
		share: 1.2,
		girls: 'Софія Анастасія Злата Єва',
		boys: 'Богдан Назар Артем Ярослав',
		families: 'Шевченко Ткаченко Коваль Щербак Їжакевич'
	},
	{
		share: 3,
		girls: 'Thị_Mai Thảo_Vy Ngọc_Anh Bảo_Trâm Thuỳ_Linh Khánh_An Hồng_Nhung Phương_Thảo',
		boys: 'Minh_Khôi Gia_Bảo Đức_Anh Quang_Huy Tuấn_Kiệt Hoàng_Nam Phúc Thiên_Ân',
		families: 'Nguyễn Trần Lê Phạm Hoàng Huỳnh Võ Đặng Bùi Đỗ'
	},
	{
		// Surinamese.
		share: 3,
		girls: 'Shanaya Chaya Rishaya Farisha Jaëlla Xaviera Anjali Divya Naomi Soraya',
		boys: 'Giovanni Dwayne Ravish Shaquille Jerrel Gianluca Rishi Orlando Clyde Winston',
		families:
			'Ramdin Pinas Sewnarain Amatsoeloe Tjon_A_Fat Ramkisoensing Biervliet Kartosoewito Lie_A_Kwie Jubitana Braafheid Soekhradj Wijdenbosch Badrising'
	},
	{
		// Cape Verdean.
		share: 3,
		girls: 'Edna Dulce Jandira Mayra Sónia Vânia Leila_Patrícia Nilsa Cátia Suzete',
		boys: 'Nelson Edson Hélder Ivandro Admilson Gilson Lucénio Valdir João_Pedro Djalmir',
		families:
			'Tavares Monteiro dos_Santos Lopes_da_Graça Fortes Évora Delgado Rodrigues_Semedo Andrade da_Luz Gonçalves Brito Furtado Pires'
	},
	{
		// Tigrinya: a child's surname is its father's first name.
		share: 2.5,
		girls: 'Feven Rahwa Semhar Luwam Saba Winta Betiel Helen Rufta Natsnet',
		boys: 'Yonatan Nahom Filmon Robel Abel Henok Natnael Meron Aman Biniam',
		families:
			'Tesfay Ghebremedhin Haile Weldegebriel Kidane Tekle Gebreslassie Habtemariam Mehari Berhane Woldemichael Asfaha'
	},
	{
		// Tigrinya, as written.
		share: 0.5,
		girls: 'ሰላም ሳባ ራህዋ ፌቨን ሰምሃር ልዋም',
		boys: 'ዮናታን ናሆም ሮቤል ኣቤል ኢዮብ',
		families: 'ተስፋይ ሃይለ ገብረመድህን ኪዳነ መሓሪ በርሀ'
	},
	{
		// Chinese, as passports write them.
		share: 2,
		girls: 'Xinyi Yuhan Zixuan Ruoxi Meiling Jiayi Siyu Xiaoyan',
		boys: 'Haoran Zihao Yichen Wei Junjie Mingze Xiaolong Jianguo',
		families: 'Chen Li Wang Zhang Liu Huang Zhou Xu Ouyang Zheng Lin Hú'
	},
	{
		share: 6,
		girls:
			'Chloé Léa Manon Inès Élodie Zoé Océane Anaïs Maëlle Capucine Éléonore Clémence Apolline Héloïse',
		boys: 'Théo Hugo Maël Gaël François Loïc Raphaël Étienne Aurélien Noé Jean-Baptiste Côme Cyprien Grégoire',
		families:
			'Dupont Lambert Lefèvre Delvaux Dumont Leclercq Carlier Renard Collignon Noël Deschamps Brasseur Béguin Detiège de_la_Hoye d’Ursel'
	},
	{
		// Kosovar, Kurdish, Pakistani, Romanian, Congolese, Ghanaian and others.
		share: 3.5,
		girls: 'Arbnora Rozerin Ayesha Ioana Grâce Abena Priya Mirjeta Naledi Amani',
		boys: 'Butrint Ardalan Hamzah Aurelian Exaucé Kwame Arjun Besnik Tariq Dieumerci',
		families:
			'Gashi Krasniqi Bhatti Ahmadi Popescu Mukendi Boateng Osei-Bonsu Ilunga_Kabeya Rama Singh Bogdan Carabin Okonkwo Țurcanu'
	}
];

/**
 * Pupils that the demo school always has: names that a card or a column has trouble with, and two
 * pairs of one name. `given|family|sex|list`, the last an index of `nameLists`.
 */
export const fixedNames: readonly string[] = [
	'Maria Alexandra Wilhelmina Josephina|Vanderstraeten-van Oldenborgh de la Kethulle|V|0',
	'Muhammad Abdurrahman Nuruddin Al-Amin|Ben Abdellah El Mansouri El Idrissi|M|3',
	'Emma|Peeters|V|0',
	'Nguyễn Phước Thiên Ân Catherine|Công-Tằng-Tôn-Nữ|V|9',
	'Mohamed|El Amrani|M|3',
	'Christophe-Alexander Maximiliaan|Van Cauwenberghe-De Schuyteneer|M|0',
	'ሰላም|ተስፋይ|V|13',
	'Wilhelmina|Wolfeschlegelsteinhausenbergerdorff|V|1',
	'João Sebastião Emanuel|dos Santos Rodrigues da Conceição Évora|M|11',
	'محمد|عبد الرحمن الحسن|M|5',
	'Emma|Peeters|V|0',
	'Krzysztof Władysław Bronisław|Grzegorzewski-Brzęczyszczykiewicz|M|6',
	'O|Ng|M|14',
	'Süheda|Carabin|V|2',
	'Mohamed|El Amrani|M|3',
	'欣怡|陈|V|14'
];

/** Everybody who works at the school: `given surname|sex`, divided by spaces. */
export const staffNames =
	'Ann De_Ridder|V Bart Vandamme|M Els Verbruggen|V Koen Lambrechts|M Hilde Van_Impe|V Tom Schepers|M Nele Coppens|V Wim Daems|M Griet Van_Hecke|V Dirk Moens|M Leen Roelandts|V Yasemin Korkmaz|V Karim El_Bakkali|M Sofie Van_Looy|V Jeroen Baert|M Fatiha Amezian|V Sarah Verlinden|V Kristof Naessens|M Inge Declerck|V Stijn Vanhoutte|M Veerle Bosmans|V Geert Cuypers|M Tine Muylaert|V Mieke Dewulf|V Olivier Gilson|M Ilse Huysmans|V Joke Vervloet|V Frank Simoens|M Barbara Wojcik|V Peter Lenaerts|M Katrien Uytterhoeven|V Hans van_der+Zwan|M Naïma Benhaddou|V Lies Vanhaverbeke|V Rudy Somers|M';
