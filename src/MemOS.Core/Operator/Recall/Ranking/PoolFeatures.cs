using System.Numerics;
using MemOS.Operator.Recall.Filters;
using MemOS.Operator.Recall.Indexing;

namespace MemOS.Operator.Recall.Ranking;

/// <summary>Measures the <see cref="RankingFeature"/>s of the best documents of one search. What the caller may not read adds nothing.</summary>
internal sealed class PoolFeatures
{
    /// <summary>How many features there are.</summary>
    public const int Count = (int)RankingFeature.ByMachine + 1;

    private const int MostTerms = 64;
    private const float LongestText = 60;

    private readonly QueryAnalysis _query;
    private readonly SearchScratch _scratch;
    private readonly Columns _columns;
    private readonly int _count;
    private readonly QueryTerm[] _terms;
    private readonly QueryTerm? _speakerName;
    private readonly Dictionary<int, ulong> _shared;
    private readonly float _allRarity;
    private readonly float _rarest;
    private readonly float _wordScale;
    private readonly float _sessionScale;
    private readonly int _user;

    public PoolFeatures(QueryAnalysis query, FilterScope documents, SearchScratch scratch, float wordScale, float sessionScale)
    {
        _query = query;
        _scratch = scratch;
        _shared = scratch.Shared;
        _shared.Clear();
        _columns = documents.Columns;
        _count = documents.Count;
        _wordScale = wordScale;
        _sessionScale = sessionScale;
        _user = documents.State.Roles.Values.IndexOf(Reader.MessageRole.User.Value);
        _terms = [.. query.Terms.Where(term => !term.IsSpeaker).Take(MostTerms)];
        _speakerName = query.Speaker is null ? null : query.Terms.First(term => term.IsSpeaker);
        foreach (QueryTerm term in _terms)
        {
            _allRarity += term.Rarity;
            _rarest = Math.Max(_rarest, term.Rarity);
        }
    }

    /// <summary>Measures a document.</summary>
    public void Measure(int document, Span<float> features)
    {
        features.Clear();
        int before = Neighbour(_columns.Previous[document]);
        int after = Neighbour(_columns.Next[document]);
        MeasureWords(document, before, after, features);
        float some = Math.Clamp(features[(int)RankingFeature.Words] * 3, 0, 1);
        var traits = (DocumentTraits)_columns.Traits[document];
        MeasurePlace(document, before, after, features);
        MeasureSpeaker(document, traits, features);
        MeasureAnswer(traits, some, features);
        features[(int)RankingFeature.Length] = Math.Min(_columns.Length[document] / LongestText, 1);
        features[(int)RankingFeature.ByMachine] = _user >= 0 && _columns.Role[document] >= 0 && _columns.Role[document] != _user ? 1 : 0;
    }

    private void MeasureWords(int document, int before, int after, Span<float> features)
    {
        ulong own = SharedWith(document);
        ulong both = own | SharedWith(before);
        features[(int)RankingFeature.Words] = WordsOf(document);
        features[(int)RankingFeature.WordsAbsolute] = _allRarity > 0 ? _scratch.Lexical[document] / (_allRarity * (Bm25.Saturation + 1)) : 0;
        features[(int)RankingFeature.RarestWord] = Rarest(own);
        features[(int)RankingFeature.Coverage] = Coverage(own);
        features[(int)RankingFeature.CoverageWithBefore] = Coverage(both);
        features[(int)RankingFeature.CoverageAround] = Coverage(both | SharedWith(after));
    }

    private void MeasurePlace(int document, int before, int after, Span<float> features)
    {
        int session = _columns.Session[document];
        features[(int)RankingFeature.Session] = (uint)session < (uint)_scratch.Sessions.Length ? _scratch.Sessions[session] * _sessionScale : 0;
        features[(int)RankingFeature.Opens] = session >= 0 && _columns.Previous[document] < 0 ? 1 : 0;
        features[(int)RankingFeature.Closes] = session >= 0 && _columns.Next[document] < 0 ? 1 : 0;
        if (before >= 0)
        {
            float words = WordsOf(before);
            features[(int)RankingFeature.WordsBefore] = words;
            features[(int)RankingFeature.WordsAsked] = Has(before, DocumentTraits.Inquires) ? words : 0;
            features[(int)RankingFeature.WordsTwoBefore] = WordsOf(Neighbour(_columns.Previous[before]));
        }

        if (after >= 0)
        {
            features[(int)RankingFeature.WordsAfter] = WordsOf(after);
            features[(int)RankingFeature.WordsTwoAfter] = WordsOf(Neighbour(_columns.Next[after]));
        }
    }

    private void MeasureSpeaker(int document, DocumentTraits traits, Span<float> features)
    {
        if (_query.Speaker is not { } speaker)
        {
            return;
        }

        if (speaker.FrequencyIn(document) > 0)
        {
            features[(int)RankingFeature.BySpeaker] = 1;
            features[(int)RankingFeature.BySpeakerInSession] = features[(int)RankingFeature.Session];
            features[(int)RankingFeature.BySpeakerOfSelf] = (traits & DocumentTraits.OfSelf) != 0 ? 1 : 0;
        }
        else
        {
            features[(int)RankingFeature.ToSpeaker] = (traits & DocumentTraits.OfOther) != 0 ? 1 : 0;
            features[(int)RankingFeature.NamesSpeaker] = _speakerName?.Postings?.FrequencyIn(document) > 0 ? 1 : 0;
        }
    }

    private void MeasureAnswer(DocumentTraits traits, float some, Span<float> features)
    {
        AskedFor asked = _query.Asked;
        bool when = (traits & DocumentTraits.SaysWhen) != 0;
        features[(int)RankingFeature.TimeAsked] = when && (asked & AskedFor.Time) != 0 ? some : 0;
        features[(int)RankingFeature.TimeUnasked] = when && (asked & AskedFor.Time) == 0 ? some : 0;
        features[(int)RankingFeature.NameAsked] = (traits & DocumentTraits.Names) != 0 && (asked & AskedFor.Name) != 0 ? some : 0;
        features[(int)RankingFeature.NumberAsked] = (traits & DocumentTraits.Counts) != 0 && (asked & AskedFor.Number) != 0 ? some : 0;
        bool directs = (traits & DocumentTraits.Directs) != 0;
        features[(int)RankingFeature.Directs] = directs ? 1 : 0;
        features[(int)RankingFeature.DirectsAction] = directs && (asked & AskedFor.Action) != 0 ? 1 : 0;
        bool ofSelf = (traits & DocumentTraits.OfSelf) != 0;
        features[(int)RankingFeature.OfSelf] = ofSelf ? some : 0;
        features[(int)RankingFeature.OfSelfAsked] = ofSelf && (asked & AskedFor.OfSelf) != 0 ? some : 0;
        features[(int)RankingFeature.Inquires] = (traits & DocumentTraits.Inquires) != 0 ? 1 : 0;
        features[(int)RankingFeature.Shows] = (traits & DocumentTraits.Shows) != 0 ? some : 0;
    }

    private int Neighbour(int document) =>
        (uint)document < (uint)_count && Bitmap.IsSet(_scratch.Readable, document) ? document : Columns.None;

    private bool Has(int document, DocumentTraits trait) => ((DocumentTraits)_columns.Traits[document] & trait) != 0;

    private float WordsOf(int document) => document < 0 ? 0 : _scratch.Lexical[document] * _wordScale;

    /// <summary>The question's words that a document has, a bit each.</summary>
    private ulong SharedWith(int document)
    {
        if (document < 0 || _scratch.Lexical[document] == 0)
        {
            return 0;
        }

        if (!_shared.TryGetValue(document, out ulong shared))
        {
            for (int i = 0; i < _terms.Length; i++)
            {
                shared |= _terms[i].Postings?.FrequencyIn(document) > 0 ? 1UL << i : 0;
            }

            _shared.Add(document, shared);
        }

        return shared;
    }

    private float Coverage(ulong shared)
    {
        float rarity = 0;
        for (ulong left = shared; left != 0; left &= left - 1)
        {
            rarity += _terms[BitOperations.TrailingZeroCount(left)].Rarity;
        }

        return _allRarity > 0 ? rarity / _allRarity : 0;
    }

    private float Rarest(ulong shared)
    {
        float rarest = 0;
        for (ulong left = shared; left != 0; left &= left - 1)
        {
            rarest = Math.Max(rarest, _terms[BitOperations.TrailingZeroCount(left)].Rarity);
        }

        return _rarest > 0 ? rarest / _rarest : 0;
    }
}
