namespace MemOS.Evaluation.Tests.Datasets.LoCoMo;

/// <summary>A small conversation in the form of the data set, written for these tests.</summary>
internal static class MadeUpConversation
{
    private const string Json = """
        {
          "speaker_a": "Ida", "speaker_b": "Tom",
          "session_1_date_time": "10:05 am on 3 March, 2024",
          "session_1": [
            {"dia_id": "D1:1", "speaker": "Ida", "text": "Hello Tom, how was the weekend?"},
            {"dia_id": "D1:2", "speaker": "Tom", "text": "I planted tomatoes on the balcony."},
            {"dia_id": "D1:3", "speaker": "Ida", "text": "My cat Momo broke the blue vase."}
          ],
          "session_2_date_time": "6:30 pm on 9 March, 2024",
          "session_2": [
            {"dia_id": "D2:1", "speaker": "Tom", "text": "The tomatoes are growing already."},
            {"dia_id": "D2:2", "speaker": "Ida", "text": "I start as a nurse in Bergen on Monday."},
            {"dia_id": "D2:3", "speaker": "Tom", "text": "Look at my new bicycle!", "img_url": ["http://example.org/b.jpg"], "blip_caption": "a red bicycle"}
          ],
          "session_3_date_time": "1:00 pm on 1 April, 2024",
          "qa": [
            {"question": "What did the cat break?", "answer": "the vase", "evidence": ["D1:3"], "category": 4},
            {"question": "What does Tom grow?", "answer": "tomatoes", "evidence": ["D1:2; D2:1"], "category": 1},
            {"question": "What is new?", "answer": "a bicycle", "evidence": ["D2:3", "D2:33"], "category": 2},
            {"question": "Is this asked?", "adversarial_answer": "no", "evidence": ["D1:1"], "category": 5},
            {"question": "Where is the evidence?", "answer": "nowhere", "evidence": [], "category": 4},
            {"question": "Which turn?", "answer": "none", "evidence": ["D", "D:1"], "category": 3},
            {"question": "What work would suit Ida?", "answer": "nursing", "evidence": ["D2:2"], "category": 3}
          ]
        }
        """;

    public static string Write(string folder, string name)
    {
        string path = Path.Combine(folder, name + ".json");
        File.WriteAllText(path, Json);
        return path;
    }
}
