/** The sentences that `decide` chooses by rules: the headline, findings and what to do next. */
import type { Wording } from "./language.ts";

export const verdicts = {
  "verdict/pending-data": {
    en: "The pictures are read and checked. Training is still to come.",
    ja: "画像の取り込みと点検が終わりました。学習はこれからです。",
  },
  "verdict/pending-untrained": {
    en: "The pictures are read and checked, and an untrained network has laid them out. Training is still to come.",
    ja: "画像の取り込みと点検が終わり、学習前のネットワークで並べました。学習はこれからです。",
  },
  "verdict/pending-trained": {
    en: "Training is finished. How much it gained is being measured.",
    ja: "学習が終わりました。どれだけ良くなったかを測っています。",
  },
  "verdict/works": {
    en: "It works: training clearly improved how pictures are sorted by “{labelSet}”{simpleName, select, none {} other {, and it beats simple methods}}.",
    ja: "使えます。学習によって「{labelSet}」の分かれ方が明らかに良くなりました{simpleName, select, none {} other {（簡単な方法も上回ります）}}。",
  },
  "verdict/partly-small-gain": {
    en: "It works in part: training improved the sorting by “{labelSet}” by {gain, number, ::.0 scale/100} points, which is real but small.",
    ja: "一部だけ使えます。「{labelSet}」の分かれ方は学習で {gain, number, ::.0 scale/100} ポイント良くなりましたが、効果は小さめです。",
  },
  "verdict/partly-simple-as-good": {
    en: "It works in part: training helped, but {simpleName, select, pca {principal components} other {raw pixels}} sort “{labelSet}” about as well.",
    ja: "一部だけ使えます。学習の効果はありましたが、{simpleName, select, pca {主成分分析} other {画素そのまま}}でも「{labelSet}」は同程度に分かれます。",
  },
  "verdict/failed-collapsed": {
    en: "It did not work: training collapsed. The network gives nearly the same answer for every picture.",
    ja: "うまくいきませんでした。学習がつぶれ、どの画像にもほぼ同じ答えを返しています。",
  },
  "verdict/failed-no-gain": {
    en: "It did not work: training did not improve the sorting by “{labelSet}” over an untrained network.",
    ja: "うまくいきませんでした。「{labelSet}」の分かれ方は、学習前から良くなっていません。",
  },
  "verdict/failed-harmed": {
    en: "It did not work: after training, “{labelSet}” is sorted worse than by an untrained network.",
    ja: "うまくいきませんでした。「{labelSet}」の分かれ方は、学習後のほうが悪くなっています。",
  },
  "verdict/failed-simple-better": {
    en: "It did not work: {simpleName, select, pca {principal components} other {raw pixels}} sort “{labelSet}” better than the trained network.",
    ja: "うまくいきませんでした。{simpleName, select, pca {主成分分析} other {画素そのまま}}のほうが、学習した表現より「{labelSet}」をよく分けます。",
  },
  "verdict/failed-chance": {
    en: "It did not work: “{labelSet}” is not sorted better than by always naming the commonest class.",
    ja: "うまくいきませんでした。「{labelSet}」は、いつも一番多い種類を答えるのと変わらない精度です。",
  },
  "verdict/unknown-few": {
    en: "It cannot be told yet: only {items, plural, one {# labelled picture} other {# labelled pictures}} of “{labelSet}” could be used to check.",
    ja: "まだ判断できません。「{labelSet}」の確認に使えたラベル付き画像は {items, number} 枚だけです。",
  },
  "verdict/unknown-wide": {
    en: "It cannot be told yet: the gain on “{labelSet}” lies between {gainLow, number, ::.0 scale/100} and {gainHigh, number, ::.0 scale/100} points, too wide a range to decide.",
    ja: "まだ判断できません。「{labelSet}」での改善幅は {gainLow, number, ::.0 scale/100} から {gainHigh, number, ::.0 scale/100} ポイントの間で、幅が広すぎて決められません。",
  },
  "verdict/unlabelled": {
    en: "There are no usable labels, so it cannot be judged yet how useful this is. {measured, select, yes {Training did learn: it recognises {trained, number, ::percent .0} of pictures from altered copies, {untrained, number, ::percent .0} before.} other {}}",
    ja: "使えるラベルがないため、役に立つかどうかはまだ判断できません。{measured, select, yes {学習は進んでいます。加工した画像から元の一枚を当てる割合は {untrained, number, ::percent .0} から {trained, number, ::percent .0} になりました。} other {}}",
  },
  "verdict/unlabelled-no-gain": {
    en: "There are no usable labels, and training does not recognise altered copies better than before ({trained, number, ::percent .0}; {untrained, number, ::percent .0} untrained).",
    ja: "使えるラベルがなく、加工した画像から元の一枚を当てる割合も学習前から良くなっていません（{untrained, number, ::percent .0} → {trained, number, ::percent .0}）。",
  },
  "verdict/finding-of-hundred": {
    en: "Of 100 pictures it has never seen, {trained, number} lie nearest to their own kind. Before training it was {untrained, number}. Every kind counts equally.",
    ja: "初めて見る画像 100 枚のうち {trained, number} 枚が、自分の種類に一番近い位置に並びます。学習前は {untrained, number} 枚でした（どの種類も同じ重みで数えています）。",
  },
  "verdict/finding-imbalance": {
    en: "{share, number, ::percent .0} of the pictures are “{className}”. Plain accuracy flatters here, so this report judges by balanced accuracy.",
    ja: "画像の {share, number, ::percent .0} が「{className}」です。ふつうの正解率では実力より高く見えるため、均衡正解率で判断しています。",
  },
  "verdict/finding-control-holds": {
    en: "With shuffled labels the score falls to {value, number, ::percent .0} (chance is {chance, number, ::percent .0}): the measurement itself is sound.",
    ja: "ラベルを入れ替えると {value, number, ::percent .0} まで落ちました（偶然の水準は {chance, number, ::percent .0}）。測り方に問題はありません。",
  },
  "verdict/finding-control-equal": {
    en: "With shuffled labels the score is {value, number, ::percent .0}, with the true ones {trained, number, ::percent .0}: so far the pictures are not sorted by these labels at all.",
    ja: "ラベルを入れ替えた場合は {value, number, ::percent .0}、本当のラベルでは {trained, number, ::percent .0} です。今のところ、画像はこのラベルの通りにはまったく分かれていません。",
  },
  "verdict/finding-control-fails": {
    en: "With shuffled labels the score stays at {value, number, ::percent .0}, above chance ({chance, number, ::percent .0}). Do not trust these numbers before the cause is found.",
    ja: "ラベルを入れ替えても {value, number, ::percent .0} のままで、偶然の水準（{chance, number, ::percent .0}）を上回ります。原因がわかるまで、この数値は信用しないでください。",
  },
  "verdict/finding-coarser-easier": {
    en: "Broad groups are sorted better than fine ones: {coarse, number, ::percent .0} for “{coarseSet}”, {fine, number, ::percent .0} for “{fineSet}”.",
    ja: "大きな分類のほうがよく分かれます。「{coarseSet}」で {coarse, number, ::percent .0}、「{fineSet}」で {fine, number, ::percent .0} です。",
  },
  "verdict/finding-finer-easier": {
    en: "Fine groups are sorted better than broad ones: {fine, number, ::percent .0} for “{fineSet}”, {coarse, number, ::percent .0} for “{coarseSet}”. The broad groups mix things that look different.",
    ja: "細かい分類のほうがよく分かれます。「{fineSet}」で {fine, number, ::percent .0}、「{coarseSet}」で {coarse, number, ::percent .0} です。大きな分類には、見た目の違うものが混ざっています。",
  },
  "verdict/finding-layer-last": {
    en: "Sorting improves with depth, from {first, number, ::percent .0} in the first layer to {last, number, ::percent .0} in the last, as theory expects.",
    ja: "層が深いほどよく分かれます。最初の層で {first, number, ::percent .0}、最後の層で {last, number, ::percent .0}。理論どおりの結果です。",
  },
  "verdict/finding-layer-earlier": {
    en: "The layer “{tap}” sorts better ({best, number, ::percent .0}) than the last one ({last, number, ::percent .0}). It may be the better one to use.",
    ja: "最後の層（{last, number, ::percent .0}）より、途中の層「{tap}」（{best, number, ::percent .0}）のほうがよく分かれます。こちらを使うほうが良いかもしれません。",
  },
  "verdict/finding-regularisation-drives": {
    en: "{invarianceFall, number, ::percent} of the fall in the invariance term came in the first third of training, while {later, number, ::percent} of the gain in sorting came later.",
    ja: "不変性の項の低下は、その {invarianceFall, number, ::percent} が最初の 3 分の 1 で終わりました。一方、分かれ方の改善の {later, number, ::percent} はその後に生まれています。",
  },
  "verdict/finding-training-gap": {
    en: "Pictures used in training are sorted much better ({training, number, ::percent .0}) than unseen ones ({unseen, number, ::percent .0}). More varied pictures would help.",
    ja: "学習に使った画像（{training, number, ::percent .0}）に比べ、初めて見る画像（{unseen, number, ::percent .0}）の成績が大きく下がります。より多様な画像を加えると改善が見込めます。",
  },
  "verdict/finding-outlines-better": {
    en: "Plain outlines and colours at the same {side, number} px sort at {outlines, number, ::percent .0}, the nearest class centre of the representation at {ncc, number, ::percent .0}: what tells these classes apart is small in the picture, and training has not learnt it. Train longer, crop pictures to the part, or train a head on labels.",
    ja: "同じ {side, number} 画素で、単純な輪郭と色だけでも {outlines, number, ::percent .0} 見分けられますが、表現のクラス中心では {ncc, number, ::percent .0} です。違いが画像の小さな部分にあり、まだ学習できていません。学習を長くする、部品の部分だけを切り出す、ラベルで分類器を作る、のいずれかを試してください。",
  },
  "verdict/finding-labels-pay": {
    en: "A small classifier with labels reaches {probe, number, ::percent .0}, well above the {ncc, number, ::percent .0} of class centres alone: labels pay here.",
    ja: "ラベルで小さな分類器を学習すると {probe, number, ::percent .0} に届き、クラス中心だけの {ncc, number, ::percent .0} を大きく上回ります。ラベルを付ける価値があります。",
  },
  "verdict/finding-low-rank": {
    en: "The representation uses only about {value, number, ::.} of its {dimensions, number} dimensions: a partial collapse.",
    ja: "表現の {dimensions, number} 次元のうち、実際に使われているのは約 {value, number, ::.} 次元だけです（部分的なつぶれ）。",
  },
  "verdict/finding-luck": {
    en: "Over {count, number} seeds the result varies by {deviation, number, ::.0 scale/100} points (standard deviation), which is much against a gain of {gain, number, ::.0 scale/100} points. Luck plays a part.",
    ja: "{count, number} 通りの乱数で結果が {deviation, number, ::.0 scale/100} ポイントばらつきました（標準偏差）。改善幅 {gain, number, ::.0 scale/100} ポイントに対して大きく、偶然の影響があります。",
  },
  "verdict/finding-stable": {
    en: "Over {count, number} seeds the result varies by only {deviation, number, ::.0 scale/100} points (standard deviation), against a gain of {gain, number, ::.0 scale/100} points.",
    ja: "{count, number} 通りの乱数での結果のばらつきは標準偏差で {deviation, number, ::.0 scale/100} ポイントにとどまります（改善幅は {gain, number, ::.0 scale/100} ポイント）。",
  },
  "verdict/finding-rejected": {
    en: "{rejected, number} of {total, number} files could not be used. The reasons are listed under “The data”.",
    ja: "{total, number} 個のファイルのうち {rejected, number} 個は使えませんでした。理由は「データ」の節にあります。",
  },
  "verdict/finding-small-classes": {
    en: "{classes, plural, one {# class has} other {# classes have}} fewer than {limit, number} labelled pictures; their numbers are uncertain.",
    ja: "ラベル付き画像が {limit, number} 枚に満たない種類が {classes, number} あり、その数値は不確かです。",
  },
  "verdict/next-search": {
    en: "Try the shelf: give it a picture and look at what it finds.",
    ja: "棚を試しましょう。画像を一枚渡して、似たものを探してみてください。",
  },
  "verdict/next-longer": {
    en: "Train longer: the numbers were still rising at the end.",
    ja: "学習を延ばしましょう。終了時点でも数値はまだ伸びていました。",
  },
  "verdict/next-more-pictures": {
    en: "Add pictures: {pictures, number} for training is few, and they need no labels.",
    ja: "画像を増やしましょう。学習用 {pictures, number} 枚は少なめです。ラベルは要りません。",
  },
  "verdict/next-use-simple": {
    en: "Use the simple method for now: it costs nothing and is no worse here.",
    ja: "当面は簡単な方法を使いましょう。費用がかからず、成績も劣りません。",
  },
  "verdict/next-against-collapse": {
    en: "Train again with half the learning rate, a larger batch, or VICReg.",
    ja: "学習率を半分にする、バッチを大きくする、または VICReg に変えて、学習し直しましょう。",
  },
  "verdict/next-more-evaluation": {
    en: "Label about {items, number} evaluation pictures, then measure again.",
    ja: "評価用の画像 {items, number} 枚ほどにラベルを付けて、もう一度測りましょう。",
  },
  "verdict/next-attach-labels": {
    en: "Label a few pictures: those that say most about the rest (the command writes the page to do it on), and with --evaluation some drawn at random to judge by. They turn this into a verdict.",
    ja: "少数の画像にラベルを付けましょう。ほかの画像にも最も役立つもの（コマンドがラベル付けのページを作ります）と、--evaluation で無作為に選ぶ判定用のものです。役に立つかどうかを判断できるようになります。",
  },
  "verdict/next-check-labels": {
    en: "Check that the labels can be told from the picture at this resolution, then train longer or at a higher one.",
    ja: "この解像度の画像からラベルが見分けられるかを確認し、学習を延ばすか、解像度を上げましょう。",
  },
  "verdict/next-more-pixels": {
    en: "Give the network more pixels: at {side, number} px the classes can be told apart better. It takes longer to train.",
    ja: "ネットワークに渡す画像を大きくしましょう。{side, number} 画素なら種類をもっとよく見分けられます（学習時間は延びます）。",
  },
  "verdict/change-gain-gone": {
    en: "It would turn if the gain over an untrained network vanished. It is at least {low, number, ::.0 scale/100} points now.",
    ja: "学習前に対する改善がなくなれば変わります。現在は少なくとも {low, number, ::.0 scale/100} ポイントです。",
  },
  "verdict/change-gain-needed": {
    en: "It would turn if the gain were surely above 0 and at least {needed, number, ::.0 scale/100} points. It lies between {low, number, ::.0 scale/100} and {high, number, ::.0 scale/100} now.",
    ja: "改善が確かに 0 を超え、{needed, number, ::.0 scale/100} ポイント以上になれば変わります。現在は {low, number, ::.0 scale/100}～{high, number, ::.0 scale/100} ポイントの間です。",
  },
  "verdict/change-simple": {
    en: "It would turn if {simpleName, select, pca {principal components} other {raw pixels}} were surely left behind. They reach {simple, number, ::percent .0} against {trained, number, ::percent .0}.",
    ja: "{simpleName, select, pca {主成分分析} other {画素そのまま}}（{simple, number, ::percent .0}）を確かに上回れば変わります（学習後 {trained, number, ::percent .0}）。",
  },
  "verdict/change-more-evaluation": {
    en: "About {items, number} judged pictures would decide it.",
    ja: "判定用のラベル付き画像が約 {items, number} 枚あれば決まります。",
  },
  "verdict/change-labels": {
    en: "Labels would decide it: about {items, number} pictures with a label.",
    ja: "ラベルがあれば決まります。目安は {items, number} 枚です。",
  },
  "verdict/change-break-even": {
    en: "At {volume, number} a day it stops paying where a missed defect costs less than {ratio, number, ::.0} false alarms.",
    ja: "一日 {volume, number} 枚では、見逃し 1 件の損失が過検出 {ratio, number, ::.0} 件分を下回ると採算が合わなくなります。",
  },
  "verdict/change-yen": {
    en: "At {volume, number} a day it costs {yen, number} yen, against {without, number} yen if every defect passed. It turns where the first exceeds the second.",
    ja: "一日 {volume, number} 枚での損失は {yen, number} 円、欠陥をすべて通した場合は {without, number} 円です。前者が後者を超えると判定が変わります。",
  },
  "verdict/change-sure-missed": {
    en: "{of, number} judged defects cannot show a miss rate below {high, number, ::percent .0}; {needed, number} without a miss would show 1%.",
    ja: "判定した欠陥 {of, number} 件では、見逃し率 {high, number, ::percent .0} 未満とは言えません。見逃しなしで {needed, number} 件あれば 1% と言えます。",
  },
} as const satisfies Record<`verdict/${string}`, Wording>;

export type VerdictId = keyof typeof verdicts;
