using FsCheck;
using FsCheck.Fluent;
using MemOS.Operator.Recall.Ranking;
using Xunit;

namespace MemOS.Core.Tests.Operator.Recall.Ranking;

public sealed class TopDocumentsTests
{
    [Fact]
    public void The_best_are_kept_whatever_the_order_in_which_they_come() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll<byte[], byte>((scores, size) =>
        {
            RankedDocument[] all = [.. scores.Select((score, i) => new RankedDocument(i, 1 + (score % 8), i))];
            var top = new TopDocuments(1 + (size % 20));
            foreach (RankedDocument document in all)
            {
                if (document.Score >= top.Threshold)
                {
                    top.Add(document);
                }
            }

            return top.Kept.ToArray().Order().SequenceEqual(all.Order().Take(1 + (size % 20)));
        }));
}
