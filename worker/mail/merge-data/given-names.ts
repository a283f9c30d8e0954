/**
 * Given names that are common in the United States (Social Security Administration, national data
 * by year of birth). Names that are often family names too are left out, because this list decides
 * which word of a record is the first name.
 */
export const givenNames: ReadonlySet<string> = new Set(
  (
    "aaron abigail adele adrian adriana agnes aida aileen alan alana albert alberto alejandra alejandro alex alexander " +
    "alexandra alexis alfred alfredo alice alicia alison allison alma alyssa amanda amber amelia amy ana andre andrea " +
    "andreas andres andrew angela angelica angelina angelo anita ann anna anne annette annie anthony antoinette antonio " +
    "april arlene arthur arturo ashley audrey barbara beatrice beatriz benjamin bernadette bernard bernice bertha beth " +
    "bethany betty beverly bill billy blanca bob bonnie bradley brandi brandon brandy brenda brent brett brian brianna " +
    "bridget brittany bruce bryan caitlin candace candice carl carla carlos carmen carol carole caroline carolyn carrie " +
    "casey catherine cathy cecilia charlene charles charlotte cheryl chris christian christie christina christine " +
    "christopher christy cindy claire clara clarence claudia clifford colleen connie constance consuelo corey courtney " +
    "cristina crystal curtis cynthia daisy damon dana daniel danielle danny darlene darrell darren dave david dawn " +
    "deanna debbie deborah debra delores denise dennis derek derrick desiree diana diane dianne dolores dominic don donald " +
    "donna dora doreen doris dorothy douglas duane dustin dwayne dylan earl ebony eddie edgar edith edna eduardo edward " +
    "edwin eileen elaine eleanor elena elisabeth elizabeth ellen elsie emily emma eric erica erik erika erin ernest " +
    "esmeralda esperanza esteban esther ethan ethel eugene eva evan evelyn faith fatima felicia fernando florence frances " +
    "francesca francis francisco frank fred frederick gabriel gabriela gabrielle gail gary gene genevieve george " +
    "georgia gerald geraldine gerardo gina giovanni gladys glen glenda glenn gloria grace greg gregory gretchen guadalupe " +
    "guillermo gustavo gwendolyn hannah harold harriet heather hector heidi helen helena henry herbert herman holly hugo " +
    "ian ida ignacio inez ingrid irene iris irma isaac isabel isabella ivan jack jackie jacob jacqueline jaime jamal " +
    "james jamie jan jane janet janice janine jared jasmine jason javier jay jean jeanette jeanne jeff jeffery jeffrey " +
    "jennie jennifer jenny jeremiah jeremy jerome jerry jesse jessica jesus jill jim jimmy jo joan joann joanna joanne jodi joe joel " +
    "johanna john johnny jon jonathan jorge jose josefina joseph josephine joshua joyce juan juana juanita judith judy " +
    "julia julian juliana julie julio justin kaitlyn karen kari karla kate katherine kathleen kathryn kathy katie katrina " +
    "kayla keith kellie kenneth kerry kevin kim kimberly kirk kristen kristi kristin kristina kurt kyle lance larry " +
    "latoya laura lauren laurie lawrence leah leigh lena leo leon leona leonard leonardo leroy leslie leticia lillian " +
    "linda lindsay lindsey lisa liz lois lola lorena lorenzo loretta lori lorraine louis louise lucas lucia lucille lucy " +
    "luis luisa luke luz lydia lynn mabel madeline madison manuel marc marcela marcia marco marcos marcus margaret margarita " +
    "margie maria mariah mariana marie marilyn mario marisol marissa marjorie mark marlene martha martina marvin mary " +
    "matt matthew maureen maurice max maxine megan melanie melinda melissa melvin mercedes meredith michael " +
    "michele michelle miguel mike mildred mindy minnie miranda miriam misty molly mona monica monique myrna myrtle " +
    "nancy naomi natalie natasha nathan nathaniel neil nicholas nicole nina noah nora norma olga olivia oscar " +
    "pablo pam pamela patricia patrick patty paul paula pauline pedro peggy penny peter phil philip phillip phyllis " +
    "priscilla rachel rafael ralph ramona randall randy raquel raul raymond rebecca regina renee rhonda ricardo " +
    "richard rick ricky rita robert roberta roberto robin rochelle rodney rodolfo roger roland ron ronald ronnie rosa " +
    "rosalie rosario rosemarie rosemary roxanne ruben ruby rudy russell ruth ryan sabrina sally sam samantha samuel sandra " +
    "santiago sara sarah saul scott sean sergio seth shannon sharon shaun shawn sheila shelby shelia shelly sheri sherri " +
    "sherry sheryl shirley sofia sonia sonya sophia sophie stacey stacy stella stephanie stephen steve steven stuart sue " +
    "susan susana suzanne sylvia tabitha tamara tammy tanya tara tasha ted teresa teri terrance terrence terri " +
    "theodore theresa therese tiffany tim timothy tina todd tom tommy toni tony tonya tracey traci tracy travis " +
    "trevor tricia troy valerie vanessa velma vera veronica vicki vickie vicky victor victoria vincent viola violet " +
    "virginia vivian walter wanda wayne wendy wesley william willie wilma xavier yesenia yolanda yvette yvonne zachary zoe"
  ).split(" "),
);

/**
 * Names that are both first names and family names, so that such a name doesn't show the order of
 * the words in a record.
 */
export const ambiguousNames: ReadonlySet<string> = new Set(
  (
    "addison allen alton anders archer arnold ashton aubrey austin autumn avery bailey barrett barry bennett benson berry " +
    "blair blake bond boyd brady brooks bryant byron cameron campbell carey carson carter cary cecil chance chandler chase " +
    "chester clark clay clayton clinton cody cole connor conrad cooper craig cruz daley dale dallas dalton darby davis dean " +
    "dennison devin dewey drew duncan eaton elliot elliott ellis emerson everett fabian fletcher floyd ford forrest foster " +
    "francois franklin garrett garrison gilbert gordon grady graham grant gray griffin hardy harley harper harris harrison " +
    "harry harvey hayden hayes hazel hilton holland hope houston howard hudson hunter irving israel ivy jackson jamison " +
    "jarvis jasper jefferson jones jordan josue joy june kai keaton kelley kelly kelsey kendall kendrick kennedy kent kim " +
    "kirby lacy lamar lane lara lawson le lee leigh lester levi lewis lincoln lindsay lloyd logan london lowell lyle lyman " +
    "lyndon mack mackenzie madison malcolm marian marion marlon marshall martin mason mathew mathews maxwell may mckenzie " +
    "merrill merritt miles miller milton mitchell monroe morgan morris murphy murray nelson newton norman norris norton " +
    "oliver olson orlando otis otto owen page paige palmer parker paris pearl perry pierce porter prescott preston quincy " +
    "quinn ramsey randolph ray reagan reed reese reid rex rey rhett riley robbie roman romeo rose ross rowan roy royce " +
    "rosales salvador sanders sawyer scarlett shane shea shelton sherman sherwood sidney silas simon skyler solomon spencer " +
    "stanford stanley sterling stewart stone summer sumner sydney tate taylor terrell terry thomas thompson thornton tobias " +
    "tracy trent tucker turner tyler tyson van vance vaughn vernon wade walker wallace ward warren watson webster wells " +
    "weston whitney wilbur wilder wiley willis wilson winston wyatt yates york young"
  ).split(" "),
);
